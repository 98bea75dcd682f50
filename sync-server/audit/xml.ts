/** An element of an XML document: its name, and what is in it. An element without a value is left out. */
export type Xml = readonly [name: string, content: string | number | null | readonly Xml[]];

/** A document with one root; `head` stands before it as it is. */
export function xmlDocument(
  [name, content]: Xml,
  { attributes = "", head = "" }: { readonly attributes?: string; readonly head?: string } = {},
): string {
  const children = Array.isArray(content) ? content.map((child: Xml) => elementText(child, 1)).join("") : "";
  const open = attributes === "" ? name : `${name} ${attributes}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}<${open}>\n${children}</${name}>\n`;
}

function elementText([name, content]: Xml, depth: number): string {
  const indent = "  ".repeat(depth);
  if (content === null) return "";
  if (typeof content === "string" || typeof content === "number")
    return content === ""
      ? `${indent}<${name}/>\n`
      : `${indent}<${name}>${escaped(String(content))}</${name}>\n`;
  return `${indent}<${name}>\n${content.map((child) => elementText(child, depth + 1)).join("")}${indent}</${name}>\n`;
}

/** Characters that XML 1.0 cannot say are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}
