export type TextField = HTMLInputElement | HTMLTextAreaElement;

const WRITTEN_INTO: ReadonlySet<string> = new Set([
  "text",
  "search",
  "email",
  "tel",
  "url",
  "password",
  "number",
]);

export function textField(target: EventTarget | null): TextField | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
}

/** A field that letters or digits are typed into; a day, a file or a tick is not. */
export function writableField(target: EventTarget | null): TextField | null {
  const field = textField(target);
  if (field === null || field.readOnly || field.disabled) return null;
  return field instanceof HTMLTextAreaElement || WRITTEN_INTO.has(field.type) ? field : null;
}

/** Sets what a field holds; React hears of it as of any input. */
export function setField(field: TextField, text: string): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set;
  setter?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Writes where the cursor is, or at the end of a field that has none, up to what the field holds at most. */
export function typeInto(field: TextField, text: string): void {
  const { from, until } = cursorOf(field);
  const room = field.maxLength < 0 ? text.length : field.maxLength - field.value.length + (until - from);
  put(field, from, until, text.slice(0, Math.max(0, room)));
}

/** Takes away what is marked, or the character before the cursor. */
export function deleteFrom(field: TextField): void {
  const { from, until } = cursorOf(field);
  const before = [...field.value.slice(0, from)].at(-1) ?? "";
  put(field, from === until ? from - before.length : from, until, "");
}

/** What Enter does in a field: the field's own business first, else a new line, or the form is sent. */
export function pressEnter(field: TextField): void {
  const stroke = new KeyboardEvent("keydown", {
    key: "Enter",
    code: "Enter",
    bubbles: true,
    cancelable: true,
  });
  if (!field.dispatchEvent(stroke)) return;
  if (field instanceof HTMLTextAreaElement) typeInto(field, "\n");
  else if (field.form?.querySelector(":scope [type=submit]:disabled") == null) field.form?.requestSubmit();
}

function cursorOf(field: TextField): { readonly from: number; readonly until: number } {
  const end = field.value.length;
  return { from: field.selectionStart ?? end, until: field.selectionEnd ?? end };
}

function put(field: TextField, from: number, until: number, text: string): void {
  setField(field, field.value.slice(0, from) + text + field.value.slice(until));
  if (field.selectionStart === null) return;
  const at = Math.min(from + text.length, field.value.length);
  field.setSelectionRange(at, at);
}
