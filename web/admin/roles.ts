import type { Role } from "#contract";
import { office } from "../i18n/office.ts";

const ROLES: Role[] = ["agent", "supervisor", "executive", "admin"];

/** The roles as they are offered for choice. */
export const roles = (): [Role, string][] => ROLES.map((role) => [role, office.admin.roles[role]]);
