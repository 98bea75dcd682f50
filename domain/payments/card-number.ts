const DIGITS_SHOWN = 4;
const FEWEST_DIGITS = 13;
const MOST_DIGITS = 19;
/** Groups of digits as cards print and terminals write them. */
const GROUPS = /\d+(?:[ -]\d+)*/g;

/** Text of a terminal with each card number in it covered but for its last four digits: none ever comes into the till's books. */
export function withoutCardNumbers(text: string): string {
  return text.replace(GROUPS, coveredGroups);
}

/** The last four digits of a card number that is covered already; null where a terminal says nothing of the kind. */
export function lastFourOf(masked: string): string | null {
  return /(\d{4})\D*$/.exec(masked)?.[1] ?? null;
}

/** Digits that pass the check of card numbers (ISO/IEC 7812): one in ten other numbers does too, and is covered for nothing. */
function isCardNumber(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** A number may be any of the groups that stand side by side, or begin a longer run of digits: other numbers around it do not hide it. */
function coveredGroups(text: string): string {
  const digits = text.replace(/\D/g, "");
  const ends = [...text.matchAll(/\d(?!\d)/g)].map(
    ({ index }) => text.slice(0, index + 1).replace(/\D/g, "").length,
  );
  const hidden = new Set<number>();
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const lengths = ends.slice(index).map((each) => each - start);
    if (end - start > MOST_DIGITS)
      for (let length = FEWEST_DIGITS; length <= MOST_DIGITS; length += 1) lengths.push(length);
    for (const length of lengths) {
      if (length < FEWEST_DIGITS || length > MOST_DIGITS) continue;
      if (!isCardNumber(digits.slice(start, start + length))) continue;
      for (let place = start; place < start + length - DIGITS_SHOWN; place += 1) hidden.add(place);
    }
    start = end;
  }
  let place = -1;
  return text.replace(/\d/g, (digit) => {
    place += 1;
    return hidden.has(place) ? "*" : digit;
  });
}
