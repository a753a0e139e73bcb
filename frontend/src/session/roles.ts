import type { Role, User } from "@/api/types";

/** What the pages offer; the server decides again, whatever is shown here. */
export type Ability = "triage" | "run-jobs" | "manage";

const abilities: Record<Role, readonly Ability[]> = {
  viewer: [],
  operator: ["triage", "run-jobs"],
  admin: ["triage", "run-jobs", "manage"],
  ingest: [],
};

export function can(user: Pick<User, "role">, ability: Ability): boolean {
  return abilities[user.role].includes(ability);
}
