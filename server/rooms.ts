import { createAgents } from "./agents/agents.ts";
import { createDays } from "./agents/day.ts";
import { createPauseReasons } from "./agents/pause-reasons.ts";
import { Actors } from "./auth/actors.ts";
import { createAudit } from "./audit/audit.ts";
import { createBackups } from "./backups/backups.ts";
import { createAuditReading } from "./audit/reading.ts";
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
import { createClips } from "./library/clips/clips.ts";
import { createFilters } from "./library/filters/filters.ts";
import { createLibrary } from "./library/library.ts";
import { createMarks } from "./library/marks/marks.ts";
import { createZips } from "./library/zip.ts";
import { createLive } from "./live/live.ts";
import { createPlaybooks } from "./playbooks/playbooks.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { audioConverter } from "./retention/convert.ts";
import { createKeeping } from "./retention/keeping.ts";
import { createNight } from "./retention/night.ts";
import { createRetention } from "./retention/retention.ts";
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
  const auditReading = createAuditReading(deps, { audit });
  const actors = new Actors();
  const auth = createAuth(deps, actors);
  const people = createPeople(deps, actors);
  const jobs = createJobs(deps, { audit, auth });
  const teams = createTeams(deps, { audit });
  const dispositions = createDispositions(deps, { audit });
  const alerts = createAlerts(deps, { audit });
  const contacts = createContacts(deps, { audit });
  const contactFiles = createContactFiles(deps, { audit });
  const time = createTime(deps);
  const rebuild = createRebuild(deps, time);
  const calls = createCalls(deps, { contacts, dispositions, time, audit });
  const agents = createAgents(deps, { calls, time });
  const stats = createStats(deps, time);
  const days = createDays(deps, { time, stats, agents, audit });
  const reasons = createPauseReasons(deps, { audit });
  const trends = createTrends(deps, stats);
  const explain = createExplain(deps, { stats, agents, calls });
  const library = createLibrary(deps, { dispositions });
  const marks = createMarks(deps, { library, audit });
  const clips = createClips(deps, { library, audit });
  const filters = createFilters(deps);
  const zips = createZips(deps, { library, jobs, audit });
  const recordings = createRecordings(deps, { calls, library, audit });
  const converter = audioConverter(deps.clock);
  const keeping = createKeeping(deps, { audit, converter, library, clips });
  const retention = createRetention(deps, { audit, dispositions, keeping, converter });
  const backups = createBackups(deps, { audit });
  const night = createNight(deps, { retention, keeping, backups });
  const transcripts = createTranscripts(deps, { calls, teams, audit, library });
  const live = createLive(deps, { agents, calls, stats, recordings });
  const playbooks = createPlaybooks(deps, { audit });
  const copilot = copilotRoom(deps, { calls, playbooks, audit });
  return {
    audit,
    auditReading,
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
    library,
    marks,
    clips,
    filters,
    zips,
    recordings,
    keeping,
    retention,
    backups,
    night,
    transcripts,
    live,
    playbooks,
    copilot,
  };
}
