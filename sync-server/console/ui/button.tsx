import { useRef } from "react";
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
  /** What it does. Until what it began has ended, pressing it again does nothing: a slow answer makes no second act of one. */
  readonly onPress?: (event: PressEvent) => unknown;
}

/** A button; with an icon alone it says what it does by `aria-label`. */
export function Button({ look = "plain", className = "", onPress, ...rest }: ButtonProps) {
  const isUnderWay = useRef(false);
  const press = (event: PressEvent): void => {
    if (isUnderWay.current) return;
    const begun = onPress?.(event);
    if (!(begun instanceof Promise)) return;
    isUnderWay.current = true;
    void begun.finally(() => {
      isUnderWay.current = false;
    });
  };
  return (
    <AriaButton
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-xl px-4 font-semibold disabled:opacity-45 ${LOOKS[look]} ${typeof className === "string" ? className : ""}`}
      onPress={press}
      {...rest}
    />
  );
}
