import { auditRows } from "./audit.rows.ts";
import { callRows } from "./calls.rows.ts";
import { copilotRows } from "./copilot.rows.ts";
import { exportRows } from "./exports.rows.ts";
import { keepingRows } from "./keeping.rows.ts";
import { libraryRows } from "./library.rows.ts";
import { officeRows } from "./office.rows.ts";
import { peopleRows } from "./people.rows.ts";
import { privacyRows } from "./privacy.rows.ts";
import type { Rows } from "./table.ts";

/** The whole table, of every room. */
export const rows: Rows = {
  ...peopleRows,
  ...auditRows,
  ...callRows,
  ...copilotRows,
  ...officeRows,
  ...privacyRows,
  ...exportRows,
  ...libraryRows,
  ...keepingRows,
};
