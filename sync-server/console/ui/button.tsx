import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";

type Look = "primary" | "plain" | "quiet" | "danger" | "quietDanger";

const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand hover:bg-brand-strong",
  plain: "border border-line bg-surface text-ink hover:bg-sunken",
  quiet: "text-ink hover:bg-sunken",
  quietDanger: "text-danger hover:bg-danger-soft",
  danger: "bg-danger-soft text-danger hover:brightness-95",
};

export interface ButtonProps extends AriaButtonProps {
  readonly look?: Look;
}

/** A button; with an icon alone it says what it does by `aria-label`. */
export function Button({ look = "plain", className = "", ...rest }: ButtonProps) {
  return (
    <AriaButton
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-xl px-4 font-semibold disabled:opacity-45 ${LOOKS[look]} ${typeof className === "string" ? className : ""}`}
      {...rest}
    />
  );
}
