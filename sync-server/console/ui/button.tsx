import { useRef, useState } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  type PressEvent,
} from "react-aria-components";

type Look = "primary" | "plain" | "quiet" | "danger" | "quietDanger";

const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand hover:bg-brand-strong",
  plain: "border border-line bg-surface text-ink hover:bg-sunken",
  quiet: "text-ink hover:bg-sunken",
  quietDanger: "text-danger hover:bg-danger-soft",
  danger: "bg-danger-soft text-danger hover:brightness-95",
};

export interface ButtonProps extends Omit<AriaButtonProps, "onPress"> {
  readonly look?: Look;
  /** What it does. Until what it began has ended, it cannot be pressed again and shows so: a slow answer makes no second act of one. */
  readonly onPress?: (event: PressEvent) => unknown;
}

/** A button; with an icon alone it says what it does by `aria-label`. */
export function Button({ look = "plain", className = "", onPress, ...rest }: ButtonProps) {
  /** Ahead of its being drawn: two presses may come before that. */
  const isUnderWay = useRef(false);
  const [isPending, setPending] = useState(false);
  const press = (event: PressEvent): void => {
    if (isUnderWay.current) return;
    const begun = onPress?.(event);
    if (!(begun instanceof Promise)) return;
    isUnderWay.current = true;
    setPending(true);
    void begun.finally(() => {
      isUnderWay.current = false;
      setPending(false);
    });
  };
  return (
    <AriaButton
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-xl px-4 font-semibold disabled:opacity-45 aria-disabled:opacity-45 aria-disabled:transition-opacity aria-disabled:delay-300 ${LOOKS[look]} ${typeof className === "string" ? className : ""}`}
      onPress={press}
      // React Aria's own isPending announces the button by its id, also once it is gone with what it did.
      {...(isPending && { "aria-disabled": true })}
      {...rest}
    />
  );
}
