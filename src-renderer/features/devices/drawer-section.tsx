import { LockKeyholeOpen } from "lucide-react";
import { askApproved } from "../../app/approve.tsx";
import { tell, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** Opening it to try it is opening it without a sale: it is allowed and written down like any other time. */
async function testDrawer(): Promise<void> {
  const what = t("devices.allow.drawer");
  const answer = await askApproved("openDrawer", { reason: t("devices.drawerReason") }, { what });
  if (answer?.ok === true) tell("done", t("devices.drawerTested"));
}

/** Where the cash drawer hangs, and whether it opens. */
export function DrawerSection() {
  const at = useTill((till) => till.printers?.printers.find(({ drawer }) => drawer !== "none"));
  return (
    <section aria-labelledby="devices-drawer" className="flex flex-col gap-3">
      <h3 id="devices-drawer" className="font-bold text-lg">
        {t("devices.drawer")}
      </h3>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-soft">
          {at === undefined ? t("devices.drawerNowhere") : t("devices.drawerAt", { name: at.name })}
        </p>
        <Button
          icon={<LockKeyholeOpen aria-hidden size={20} />}
          disabled={at === undefined}
          onClick={() => void testDrawer()}
        >
          {t("devices.drawerTest")}
        </Button>
      </div>
    </section>
  );
}
