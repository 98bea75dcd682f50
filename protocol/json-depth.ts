/** Objects and lists within each other, as deep as any message goes (SPEC S73): what is deeper is no message, and whoever walks through it would run out of stack. */
export const MAX_JSON_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A list's brackets and an object's differ in this bit alone. */
const OF_OBJECT = 0x20;
const OPENING = 0x5b | OF_OBJECT;
const CLOSING = 0x5d | OF_OBJECT;

/** Whether JSON goes deeper than `MAX_JSON_DEPTH`, told from its text in one pass, so that nothing needs to be made of it first. Of a text that is no JSON it says nothing useful. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charCodeAt(at);
    if (sign === QUOTE) at = endOfText(json, at);
    else if ((sign | OF_OBJECT) === OPENING) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if ((sign | OF_OBJECT) === CLOSING) depth -= 1;
  }
  return false;
}

/** Where the quotation mark is that closes the text which one opens at `from`. */
function endOfText(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at += 1) {
    const sign = json.charCodeAt(at);
    if (sign === QUOTE) return at;
    if (sign === BACKSLASH) at += 1;
  }
  return json.length;
}
