import { useEffect, useRef, useState } from "react";

/** Which answers are still wanted. */
export interface Newest {
  /** Something is asked: what it gives says of the answer whether it is wanted when it comes. */
  ask(): () => boolean;
  /** What was asked for has changed: no answer to it is wanted any more. */
  forget(): void;
}

/** An answer is wanted while nothing newer was asked, what was asked for is the same, and whoever asked is still on the screen. */
export function useNewest(): Newest {
  const round = useRef(0);
  const [newest] = useState<Newest>(() => ({
    ask() {
      round.current += 1;
      const asked = round.current;
      return () => asked === round.current;
    },
    forget() {
      round.current += 1;
    },
  }));
  useEffect(() => () => newest.forget(), [newest]);
  return newest;
}
