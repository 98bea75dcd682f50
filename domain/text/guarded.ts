/** What a spreadsheet program takes for a formula, or for the beginning of one (OWASP, "CSV Injection"), in some countries' also by the wide signs of Chinese and Japanese. */
const FORMULA = /^'*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;
const GUARDED = /^'+[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;

/** A text that no spreadsheet program runs: an apostrophe stands before what would be a formula. */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text as it was before it was guarded. */
export function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
