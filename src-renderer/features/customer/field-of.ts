import type { CustomerField, CustomerForm } from "./customer-form.ts";

export interface FormProps {
  readonly form: CustomerForm;
  readonly set: (change: Partial<CustomerForm>) => void;
}

/** What a text field needs to show a field of the form and to change it. */
export function fieldOf({ form, set }: FormProps, name: CustomerField) {
  return {
    autoComplete: "off",
    value: form[name],
    onChange: (event: { readonly target: { readonly value: string } }) => set({ [name]: event.target.value }),
  };
}
