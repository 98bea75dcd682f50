const DIGITS_SHOWN = 4;
/** Groups of digits as cards print and terminals write them. */
const DIGIT_RUN = /\d(?:[ -]?\d){12,18}/g;

/** Text of a terminal with each card number in it covered but for its last four digits: none ever comes into the till's books. */
export function withoutCardNumbers(text: string): string {
  return text.replace(DIGIT_RUN, (run) => (isCardNumber(run.replace(/\D/g, "")) ? covered(run) : run));
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

function covered(run: string): string {
  const digits = run.replace(/\D/g, "").length;
  let place = 0;
  return run.replace(/\d/g, (digit) => {
    place += 1;
    return place > digits - DIGITS_SHOWN ? digit : "*";
  });
}
