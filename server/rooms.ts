import { createAgents } from "./agents/agents.ts";
import { createDays } from "./agents/day.ts";
import { createPauseReasons } from "./agents/pause-reasons.ts";
import { Actors } from "./auth/actors.ts";
import { createAudit } from "./audit/audit.ts";
import { createAlerts } from "./alerts/alerts.ts";
import { createAuth } from "./auth/auth.ts";
import { createPeople } from "./auth/people.ts";
import { createCalls } from "./calls/calls.ts";
import { createContacts } from "./contacts/contacts.ts";
import { createContactFiles } from "./contacts/files.ts";
import { copilotRoom } from "./copilot/room.ts";
import type { Deps } from "./deps.ts";
import { createDispositions } from "./dispositions/dispositions.ts";
import { createJobs } from "./jobs/jobs.ts";
import { createLive } from "./live/live.ts";
import { createPlaybooks } from "./playbooks/playbooks.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { createExplain } from "./stats/explain.ts";
import { createRebuild } from "./stats/rebuild/rebuild.ts";
import { createStats } from "./stats/stats.ts";
import { createTrends } from "./stats/trends/trends.ts";
import { createTeams } from "./teams/teams.ts";
import { createTime } from "./time/time.ts";
import { createTranscripts } from "./transcripts/transcripts.ts";

export type Rooms = ReturnType<typeof createRooms>;

/** Every room's verbs, each room made of those that it calls. */
export function createRooms(deps: Deps) {
  const audit = createAudit(deps);
  const actors = new Actors();
  const auth = createAuth(deps, actors);
  const people = createPeople(deps, actors);
  const jobs = createJobs(deps, { audit, auth });
  const teams = createTeams(deps);
  const dispositions = createDispositions(deps);
  const alerts = createAlerts(deps);
  const contacts = createContacts(deps);
  const contactFiles = createContactFiles(deps);
  const time = createTime(deps);
  const rebuild = createRebuild(deps, time);
  const calls = createCalls(deps, { contacts, dispositions, time });
  const agents = createAgents(deps, { calls, time });
  const stats = createStats(deps, time);
  const days = createDays(deps, { time, stats, agents });
  const reasons = createPauseReasons(deps);
  const trends = createTrends(deps, stats);
  const explain = createExplain(deps, { stats, agents, calls });
  const recordings = createRecordings(deps, { calls, dispositions });
  const transcripts = createTranscripts(deps, { calls, teams });
  const live = createLive(deps, { agents, calls, stats, recordings });
  const playbooks = createPlaybooks(deps);
  const copilot = copilotRoom(deps, { calls, playbooks });
  return {
    audit,
    auth,
    people,
    jobs,
    teams,
    time,
    rebuild,
    calls,
    contacts,
    contactFiles,
    dispositions,
    alerts,
    agents,
    days,
    reasons,
    stats,
    trends,
    explain,
    recordings,
    transcripts,
    live,
    playbooks,
    copilot,
  };
}
