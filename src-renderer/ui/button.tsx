import type { ComponentProps, ReactNode } from "react";

type Look = "primary" | "accent" | "mint" | "plain" | "quiet" | "danger" | "deep";
type Size = "touch" | "large" | "huge";

const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand hover:bg-brand-strong",
  accent: "bg-accent text-on-accent hover:brightness-105",
  mint: "bg-mint text-on-mint hover:brightness-105",
  plain: "border border-line bg-surface text-ink hover:bg-sunken",
  quiet: "bg-transparent text-ink hover:bg-sunken",
  danger: "bg-danger-soft text-danger hover:brightness-95",
  deep: "bg-deep-raised text-on-deep hover:bg-deep-line",
};
const SIZES: Readonly<Record<Size, string>> = {
  touch: "min-h-12 min-w-12 px-4 text-base",
  large: "min-h-14 px-5 text-lg",
  huge: "min-h-16 px-5 text-xl",
};

export interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: Look;
  readonly size?: Size;
  readonly icon?: ReactNode;
}

/** A button of at least 48 px. Says what it does by its text or, with an icon alone, by `aria-label`. */
export function Button({
  look = "plain",
  size = "touch",
  icon,
  className = "",
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`press inline-flex items-center justify-center gap-2 rounded-2xl font-semibold disabled:opacity-45 ${LOOKS[look]} ${SIZES[size]} ${className}`}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
