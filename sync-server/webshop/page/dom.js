/** Builds an element. Properties go on the element, `aria-…` and `for` as attributes; children that are null are left out. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith("aria-") || key === "for" || key === "role") made.setAttribute(key, value);
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made[key] = value;
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A picture that the server drew as SVG text; parsed, so that nothing of it can run. */
export function svgPicture(text, label) {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("class", "qr");
  return document.importNode(picture, true);
}

/** The smaller one of a product's picture, which this shop hands on from where it is kept; null: there is none. */
export function addressOf(picture) {
  return picture === null ? null : picture.small.replace("/shop/v1/", "/demo-shop/");
}

/** The picture at an address. A basket of before had none. */
export function productPicture(address, title) {
  return address === null || !address.startsWith("/")
    ? element("div", { className: "picture empty", "aria-hidden": "true" })
    : element("img", {
        className: "picture",
        src: address,
        alt: title,
        loading: "lazy",
        width: 240,
        height: 240,
      });
}

/** A field with its label; `control` gets an id from `name`. */
export function field(name, label, control, hint = null) {
  control.id = name;
  control.name = name;
  const note = hint === null ? null : element("small", { id: `${name}-hint` }, hint);
  if (note !== null) control.setAttribute("aria-describedby", note.id);
  return element("div", { className: "field" }, element("label", { for: name }, label), control, note);
}

export function textInput(properties) {
  return element("input", { type: "text", required: true, maxLength: 120, ...properties });
}

/** Puts a view in place of the one before and takes a screen reader there. */
export function show(...content) {
  const main = document.querySelector("#main");
  main.replaceChildren(...content.flat().filter((each) => each !== null));
  const heading = main.querySelector("h1");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** A sentence that shows at the bottom and is read out. */
export function say(text) {
  document.querySelector("#toast").textContent = text;
}
