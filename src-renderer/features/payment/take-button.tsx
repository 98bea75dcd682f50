import { Button, type ButtonProps } from "../../ui/button.tsx";

/** What takes or gives back money. It stays in sight however little room there is. */
export function TakeButton(props: Omit<ButtonProps, "look" | "size" | "className">) {
  return <Button {...props} look="accent" size="huge" className="sticky bottom-0" />;
}
