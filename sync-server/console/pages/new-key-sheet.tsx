import { useState } from "react";
import { KEY_SCOPES, type KeyScope } from "#domain/access/key-scopes.ts";
import { idOf } from "#domain/ids.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

/** Whose key it is to be and what it opens. */
export function NewKeySheet({
  onMade,
  onClose,
}: {
  readonly onMade: (made: { readonly name: string; readonly key: string }) => void;
  readonly onClose: () => void;
}) {
  const { integrations } = useApi();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<KeyScope>("shop");
  const [channels, setChannels] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const saving = useSaving();

  function make(): void {
    if (name.trim() === "") {
      setWrong(t("apiKeys.noName"));
      return;
    }
    const wanted = channels.split(",").map((channel) => channel.trim());
    const bound = scope === "shop" ? wanted.filter((channel) => channel !== "") : [];
    saving.save(async () => {
      const answer = await integrations.makeKey({
        scope,
        name,
        channels: bound.map((channel) => idOf(channel)),
      });
      if (answer.ok) onMade(answer.value);
      return answer;
    });
  }

  return (
    <Sheet title={t("apiKeys.make")} closeLabel={t("common.close")} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <TextField
          label={t("apiKeys.name")}
          value={name}
          wrong={wrong}
          onChange={(text) => {
            setName(text);
            setWrong(null);
          }}
        />
        <LabelledSelect
          label={t("apiKeys.scope")}
          hint={t(`keyScope.${scope}.hint`)}
          value={scope}
          choices={KEY_SCOPES.map((each) => ({ value: each, text: t(`keyScope.${each}`) }))}
          onChange={setScope}
        />
        {scope === "shop" && (
          <TextField
            label={t("apiKeys.channels")}
            hint={t("apiKeys.channels.hint")}
            value={channels}
            onChange={setChannels}
          />
        )}
        <Complaint saving={saving} />
        <div className="flex justify-end gap-3 pt-2">
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" isDisabled={saving.state === "busy"}>
            {t("apiKeys.make")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
