import { BookmarkPlus, Pencil } from "lucide-react";
import { useState } from "react";
import type { ReportView } from "#domain/reports/view.ts";
import type { SavedViewRow } from "#protocol/hq/reports.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";
import { askOfView } from "./report-ask.ts";
import { SavedViewSheet } from "./saved-view-sheet.tsx";

const REFRESH_MS = 60_000;
const NONE = "";

/** Reports that were saved, one's own and those of others; and what is shown now to be saved as another. */
export function SavedViews({
  view,
  onShow,
}: {
  readonly view: ReportView;
  readonly onShow: (view: ReportView) => void;
}) {
  const { reports } = useApi();
  const { data, reload } = usePolled(reports.views, REFRESH_MS);
  const [opened, setOpened] = useState<SavedViewRow | "new" | null>(null);
  const views = data?.views ?? [];
  const address = textOf(view);
  const shown = views.find((each) => textOf(each.view) === address);
  return (
    <>
      {views.length > 0 && (
        <Select
          label={t("reports.views")}
          value={shown?.id ?? NONE}
          choices={[
            { value: NONE, text: t("reports.views.none") },
            ...views.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          onChange={(id) => {
            const chosen = views.find((each) => each.id === id);
            if (chosen !== undefined) onShow(chosen.view);
          }}
        />
      )}
      {shown?.mayChange === true && (
        <Button look="quiet" aria-label={t("reports.views.edit")} onPress={() => setOpened(shown)}>
          <Pencil aria-hidden size={18} />
        </Button>
      )}
      <May right="reports.edit">
        <Button onPress={() => setOpened("new")}>
          <BookmarkPlus aria-hidden size={18} />
          {t("reports.views.save")}
        </Button>
      </May>
      {opened !== null && (
        <SavedViewSheet
          saved={opened === "new" ? null : opened}
          view={view}
          sendsMail={data?.sendsMail ?? false}
          onChanged={reload}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function textOf(view: ReportView): string {
  return JSON.stringify(Object.entries(askOfView(view)).sort());
}
