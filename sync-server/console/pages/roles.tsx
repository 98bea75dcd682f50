import { Check as CheckMark, Minus } from "lucide-react";
import { Fragment } from "react";
import type { Role } from "#domain/staff/role.ts";
import type { RoleRow } from "#protocol/hq/staff.ts";
import { amountText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { PERMISSION_GROUPS } from "./permission-groups.ts";
import { ProblemNote } from "./problem-note.tsx";
import { percentOf } from "./role-draft.ts";
import { RoleSheet } from "./role-sheet.tsx";
import { StaffTabs } from "./staff-tabs.tsx";

const REFRESH_MS = 10_000;

/** What each role may do, one beside the other. */
export function RolesPage() {
  const { staff } = useApi();
  const { data, problem, reload } = usePolled(staff.roles, REFRESH_MS);
  const { what: opened, open, close } = useOpened<RoleRow | "new">();
  return (
    <>
      <PageTitle title={t("nav.staffRoles")}>
        <StaffTabs page="staffRoles" />
      </PageTitle>
      <ProblemNote problem={problem} />
      <div className="mb-4 flex items-center justify-between gap-4">
        <p className="text-soft">{t("roles.lead")}</p>
        <May right="staff.edit" everywhere>
          <Button look="primary" className="shrink-0" onPress={() => open("new")}>
            {t("roles.new")}
          </Button>
        </May>
      </div>
      <Panel>{data !== null && <Matrix rows={data.roles} onOpen={open} />}</Panel>
      {opened !== null && data !== null && (
        <RoleSheet
          row={opened === "new" ? null : opened}
          currency={data.currency}
          onDone={() => {
            close();
            reload();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Matrix({
  rows,
  onOpen,
}: {
  readonly rows: readonly RoleRow[];
  readonly onOpen: (row: RoleRow) => void;
}) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={t("roles.matrix")} className="w-full border-collapse">
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className="px-5 py-2.5 text-left text-[13px] text-soft">
              {t("roles.permission")}
            </th>
            {rows.map((row) => (
              <th key={row.role.id} scope="col" className="min-w-32 px-3 py-2 text-left align-top">
                <button
                  type="button"
                  aria-label={t("roles.edit", { name: row.role.name })}
                  onClick={() => onOpen(row)}
                  className="min-h-9 font-semibold text-brand hover:underline"
                >
                  {row.role.name}
                </button>
                <span className="block font-normal text-[13px] text-soft">
                  {row.used === 0 ? t("roles.unused") : tCount("roles.used", row.used)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PERMISSION_GROUPS.map(({ subject, permissions }) => (
            <Fragment key={subject}>
              <GroupRow title={t(`permissions.${subject}`)} columns={rows.length + 1} />
              {permissions.map((permission) => (
                <tr key={permission} className="border-line border-b">
                  <th scope="row" className="px-5 py-1.5 text-left font-normal">
                    {t(`permission.${permission}`)}
                  </th>
                  {rows.map(({ role }) => (
                    <td key={role.id} className="px-3 py-1.5">
                      <Mark may={role.permissions.includes(permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
          <GroupRow title={t("roles.limits")} columns={rows.length + 1} />
          {LIMITS.map(({ label, textOf }) => (
            <tr key={label} className="border-line border-b last:border-b-0">
              <th scope="row" className="px-5 py-1.5 text-left font-normal">
                {t(label)}
              </th>
              {rows.map(({ role }) => (
                <td key={role.id} className="figures px-3 py-1.5">
                  {limitText(textOf(role))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LIMITS = [
  { label: "roles.limit.discount", textOf: ({ limits }: Role) => percentText(limits.discountPpm) },
  {
    label: "roles.limit.refund",
    textOf: ({ limits: { refund } }: Role) => (refund === null ? null : amountText(refund)),
  },
  { label: "roles.limit.price", textOf: ({ limits }: Role) => percentText(limits.priceOverridePpm) },
] as const;

function percentText(ppm: number | null): string | null {
  return ppm === null ? null : `${percentOf(ppm)} %`;
}

function limitText(limit: string | null): string {
  return limit === null ? t("roles.noLimit") : t("roles.upTo", { limit });
}

function GroupRow({ title, columns }: { readonly title: string; readonly columns: number }) {
  return (
    <tr className="border-line border-b bg-sunken/60">
      <th scope="colgroup" colSpan={columns} className="px-5 py-1.5 text-left font-semibold text-[13px]">
        {title}
      </th>
    </tr>
  );
}

function Mark({ may }: { readonly may: boolean }) {
  const Icon = may ? CheckMark : Minus;
  return (
    <span className={may ? "text-brand" : "text-soft"}>
      <Icon aria-hidden size={18} />
      <span className="sr-only">{t(may ? "roles.yes" : "roles.no")}</span>
    </span>
  );
}
