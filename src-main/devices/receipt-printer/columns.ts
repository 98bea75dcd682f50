/** Between a name and its amount, in letters. */
const COLUMN_GAP = 1;
/** With less than this beside the amount, a name stands above it. */
const LEAST_ROOM = 8;

/** Left text wrapped beside right text; the right one stands on the first line, or below where it leaves too little room. Every line is within `width` letters. */
export function pairLines({
  left,
  right,
  width,
}: {
  readonly left: string;
  readonly right: string;
  readonly width: number;
}): readonly string[] {
  if (right === "") return wrap(left, width);
  const room = width - right.length - COLUMN_GAP;
  if (room < Math.min(LEAST_ROOM, left.length))
    return [
      ...(left === "" ? [] : wrap(left, width)),
      ...wrap(right, width).map((line) => line.padStart(width)),
    ];
  const [first = "", ...below] = wrap(left, room);
  return [first.padEnd(width - right.length) + right, ...below];
}

/** A text in lines of at most `width` letters, each at its place. */
export function alignedLines({
  text,
  align,
  width,
}: {
  readonly text: string;
  readonly align: "left" | "center" | "right";
  readonly width: number;
}): readonly string[] {
  return wrap(text, width).map((line) => {
    if (align === "left") return line;
    const shown = line.trim();
    const free = width - shown.length;
    return " ".repeat(align === "right" ? free : Math.floor(free / 2)) + shown;
  });
}

/** Breaks text between words; a word longer than the line is broken where the line ends. Leading blanks are kept. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > 0 && rest.slice(0, space).trim() !== "" ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
