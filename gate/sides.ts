/** Tailwind's classes that name a side of the screen, not where a line of text begins or ends. */
const SIDED =
  /(?<![\w-])(?:-?(?:m[lr]|left|right)-[\d[]|p[lr]-[\d[]|text-(?:left|right)(?![\w-])|(?:border-[lr]|rounded-(?:[lr]|[tb][lr]))(?=[\s"`-]))/g;

/** Every class of a screen (`.tsx`) that keeps its side where a language runs from right to left; `start` and `end` turn with it. */
export function findSides(source: string): readonly string[] {
  return source
    .split("\n")
    .flatMap((text, index) => [...text.matchAll(SIDED)].map(([side]) => `${index + 1}: ${side}`));
}
