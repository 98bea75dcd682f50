import { type ESTree, parseSync, Visitor } from "vite";

/** Text for people that stands in a screen's source instead of in a catalogue of words. */
export interface LooseText {
  readonly text: string;
  readonly line: number;
}

/** What of an element is read to people, or aloud; the same names are used by our own components. */
const SPOKEN_PROPERTIES = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-placeholder",
  "aria-roledescription",
  "aria-valuetext",
  "deleteLabel",
  "description",
  "heading",
  "hint",
  "label",
  "placeholder",
  "title",
]);

/** Names, and samples of what is typed, that are the same in every language. */
const SAME_EVERYWHERE = new Set(["Onetill", "https://", "ABCD-EFGH", "V400m-346403161", "/dev/ttyUSB0"]);
/** A message's name instead of its words; the compiler knows whether there is one. */
const MESSAGE_NAME = /^[a-z]\w*(\.\w+)+$/;

/** Every text of a screen (`.tsx`) that no catalogue has: between tags, in what is read aloud, and in templates of either. */
export function findLooseText(fileName: string, source: string): readonly LooseText[] {
  const parsed = parseSync(fileName, source, { lang: "tsx" });
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new SyntaxError(`${fileName}: ${problem.message}`);
  const found: LooseText[] = [];
  const say = (text: string, start: number) => {
    const said = text.trim();
    const begins = start + text.indexOf(said);
    if (!/\p{L}/u.test(said) || SAME_EVERYWHERE.has(said) || MESSAGE_NAME.test(said)) return;
    found.push({ text: said, line: source.slice(0, begins).split("\n").length });
  };
  const sayChildren = ({ children }: { readonly children: readonly ESTree.JSXChild[] }) => {
    for (const child of children) {
      if (child.type === "JSXText") say(child.value, child.start);
      if (child.type === "JSXExpressionContainer") sayExpression(child.expression, say);
    }
  };
  const sayAttribute = ({ name, value }: ESTree.JSXAttribute) => {
    if (name.type !== "JSXIdentifier" || !SPOKEN_PROPERTIES.has(name.name) || value === null) return;
    sayExpression(value.type === "JSXExpressionContainer" ? value.expression : value, say);
  };
  const sayProperty = ({ key, value }: { readonly key: ESTree.Node; readonly value: ESTree.Node }) => {
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? key.value : null;
    if (typeof name === "string" && SPOKEN_PROPERTIES.has(name)) sayExpression(value, say);
  };
  new Visitor({
    JSXElement: sayChildren,
    JSXFragment: sayChildren,
    JSXAttribute: sayAttribute,
    Property: sayProperty,
  }).visit(parsed.program);
  return found;
}

/** Whatever text an expression can come to. What a call gives is the callee's business: words come from there. */
function sayExpression(node: ESTree.Node, say: (text: string, start: number) => void): void {
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "string") say(node.value, node.start);
      return;
    case "TemplateLiteral":
      for (const part of node.quasis) say(part.value.raw, part.start);
      return;
    case "ConditionalExpression":
      sayExpression(node.consequent, say);
      sayExpression(node.alternate, say);
      return;
    case "LogicalExpression":
      sayExpression(node.left, say);
      sayExpression(node.right, say);
      return;
    case "BinaryExpression":
      if (node.operator !== "+") return;
      sayExpression(node.left, say);
      sayExpression(node.right, say);
      return;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      sayExpression(node.expression, say);
      return;
  }
}
