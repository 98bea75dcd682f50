import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";

/** Where a device is on the network; port 0: none is typed yet. */
interface At {
  readonly host: string;
  readonly port: number;
}

/** Address and port of a device. */
export function NetworkFields({ at, onAt }: { readonly at: At; readonly onAt: (at: At) => void }) {
  const { host, port } = at;
  return (
    <div className="grid grid-cols-[1fr_8rem] gap-3">
      <Field
        label={t("settings.host")}
        value={host}
        placeholder="192.168.1.50"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onAt({ host: event.target.value, port })}
      />
      <Field
        label={t("settings.port")}
        inputMode="numeric"
        value={port === 0 ? "" : String(port)}
        onChange={(event) => onAt({ host, port: Number(event.target.value.replace(/\D/g, "").slice(0, 5)) })}
      />
    </div>
  );
}
