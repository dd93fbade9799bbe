"use strict";
// Opens the sealed lines of this page and shows what is in them. It is the only script here, and the page's policy
// names it by its hash. It loads nothing, sends nothing and keeps nothing. See docs/share-format.md, part 6.
(() => {
  const VERSION = "1", WORDS = 9, MOST_ROUNDS = 4000000, LEAST_BYTES = 65536 + 16, TAG_BITS = 128;
  const HTML = new Set(("section nav h1 h2 h3 h4 h5 h6 p div dl dt dd ul ol li a strong em blockquote figure " +
    "figcaption table caption thead tbody tr th td img").split(" "));
  const SVG = new Set("svg title desc line polyline polygon circle rect text".split(" "));
  const ATTRIBUTES = new Set(("class id href scope role tabindex dir aria-labelledby aria-describedby viewBox x y " +
    "x1 y1 x2 y2 cx cy r width height points text-anchor alt bytes").split(" "));
  const VALUE = /^#?[A-Za-z0-9 .,-]*$/;

  const part = (id) => document.getElementById(id);
  const ask = part("ask"), form = part("form"), field = part("words"), said = part("said"), share = part("share");
  const known = new Set(part("list").textContent.split(" "));

  const pictures = [];  // the addresses of pictures in this page's memory
  let held = null;  // the container, while the page is made from it

  class Refused extends Error {}

  // -- what is sealed ---------------------------------------------------------------------------------------------

  function sealed() {
    const text = part("sealed").textContent.replace(/\r\n/g, "\n");
    const found = new RegExp("^\\n?(-{5}BEGIN INTEGRATION JOURNAL SHARE ([0-9]{1,4})-{5}\\n" +
      "PBKDF2-HMAC-SHA-512 ([1-9][0-9]{0,8}) ([0-9a-f]{64}) ([0-9a-f]{32}) AES-256-GCM ([0-9a-f]{24})\\n)").exec(text);
    const end = text.search(/^-{5}END INTEGRATION JOURNAL SHARE-{5}$/m);
    if (found === null || end < 0) throw new Refused("damaged");
    if (found[2] !== VERSION) throw new Refused("newer");
    if (Number(found[3]) > MOST_ROUNDS) throw new Refused("damaged");
    let body;
    try {
      body = bytes(atob(text.slice(found[0].length, end).replace(/\n/g, "")));
    } catch {
      throw new Refused("damaged");
    }
    if (body.length < LEAST_BYTES) throw new Refused("damaged");
    return {
      header: new TextEncoder().encode(found[1]), rounds: Number(found[3]), salt: hex(found[4]), check: found[5],
      nonce: hex(found[6]), body,
    };
  }

  function bytes(binary) {
    const made = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) made[at] = binary.charCodeAt(at);
    return made;
  }

  const hex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  const toHex = (made) => Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function unsealed(from, words) {
    const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(words.join("-")), "PBKDF2", false,
      ["deriveBits"]);
    const both = await crypto.subtle.deriveBits(
      { name: "PBKDF2", hash: "SHA-512", salt: from.salt, iterations: from.rounds }, secret, 512);
    const check = new Uint8Array(await crypto.subtle.digest("SHA-256", both.slice(32))).slice(0, 16);
    if (toHex(check) !== from.check) throw new Refused("wrong");
    const key = await crypto.subtle.importKey("raw", both.slice(0, 32), "AES-GCM", false, ["decrypt"]);
    try {
      return await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: from.nonce, additionalData: from.header, tagLength: TAG_BITS }, key, from.body);
    } catch {
      throw new Refused("damaged");
    }
  }

  function tree(plain) {
    const length = new DataView(plain).getUint32(0);
    if (length + 8 > plain.byteLength) throw new Refused("damaged");
    held = plain.slice(8 + length);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(plain, 8, length)));
  }

  // -- from the tree to the page: elements of these kinds, text as text --------------------------------------------

  function build(node, into, drawing) {
    if (typeof node === "string") {
      into.append(node);
      return;
    }
    const [name, attributes, ...children] = node;
    const inside = drawing || name === "svg";
    if (!(inside ? SVG : HTML).has(name)) throw new Refused("damaged");
    const made = inside ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      const fits = typeof value === "string" && ATTRIBUTES.has(key) && VALUE.test(value);
      if (!fits || (key === "href") !== value.startsWith("#")) throw new Refused("damaged");
      if (key === "bytes") made.src = picture(value);
      else made.setAttribute(key, value);
    }
    for (const child of children) build(child, made, inside);
    into.append(made);
  }

  function picture(where) {
    const [at, length] = where.split(" ").map(Number);
    if (held === null || !(at >= 0 && length > 0 && at + length <= held.byteLength)) throw new Refused("damaged");
    pictures.push(URL.createObjectURL(new Blob([held.slice(at, at + length)], { type: "image/jpeg" })));
    return pictures[pictures.length - 1];
  }

  function drop() {  // what the page holds of the share
    held = null;
    for (const address of pictures.splice(0)) URL.revokeObjectURL(address);
  }

  // -- the form ---------------------------------------------------------------------------------------------------

  function say(name, filled) {
    const sentence = name === "" ? "" : part("say-" + name).cloneNode(true);
    for (const [key, text] of Object.entries(filled || {})) sentence.querySelector("." + key).textContent = text;
    said.textContent = sentence === "" ? "" : sentence.textContent;
  }

  function working(on) {
    part("working").textContent = on ? part("say-working").textContent : "";
    part("progress").hidden = !on;
    part("open").disabled = on;
    field.readOnly = on;
  }

  function slip(words) {
    const place = words.findIndex((word) => !known.has(word));
    if (place >= 0) return ["unknown", { word: words[place], number: String(place + 1) }];
    if (words.length !== WORDS) return ["count", { number: String(words.length) }];
    return null;
  }

  async function open() {
    const words = field.value.toLowerCase().match(/[a-z]+/g);
    if (words === null || part("open").disabled) return;
    const found = slip(words);
    if (found !== null) {
      say(...found);
      field.focus();
      return;
    }
    say("");
    working(true);
    try {
      const made = document.createDocumentFragment();
      for (const node of tree(await unsealed(sealed(), words))) build(node, made, false);
      show(made);
      held = null;
    } catch (error) {
      drop();
      say(error instanceof Refused ? error.message : "damaged");
      field.focus();
    } finally {
      working(false);
    }
  }

  function show(made) {
    field.value = "";
    share.replaceChildren(made);
    ask.hidden = true;
    part("bar").hidden = share.hidden = false;
    scrollTo(0, 0);
    const first = share.querySelector("h1");
    if (first !== null) {
      first.tabIndex = -1;
      first.focus();
    }
  }

  function close() {
    drop();
    field.value = "";
    share.replaceChildren();
    part("bar").hidden = share.hidden = true;
    ask.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    open();
  });
  part("print").addEventListener("click", () => print());
  part("close").addEventListener("click", () => {
    close();
    say("closed");
    field.focus();
  });
  addEventListener("pagehide", close);  // so that "back" finds it closed

  if (window.isSecureContext && window.crypto && crypto.subtle && share.replaceChildren) {
    field.value = "";
    part("cannot").hidden = true;
    form.hidden = false;
    try {
      sealed();
      field.focus();
    } catch (error) {
      say(error.message);
    }
  }
})();
