import { createAttempts } from "./access/attempts.ts";
import { createKeys } from "./access/keys.ts";
import { createSessions } from "./access/sessions.ts";
import { createAgents } from "./agents/agents.ts";
import { createDays } from "./agents/day.ts";
import { createPauseReasons } from "./agents/pause-reasons.ts";
import { createAlerts } from "./alerts/alerts.ts";
import { createAudit } from "./audit/audit.ts";
import { createAuditReading } from "./audit/reading.ts";
import { Actors } from "./auth/actors.ts";
import { createAuth } from "./auth/auth.ts";
import { createOwnPassword } from "./auth/own-password.ts";
import { createPairing } from "./auth/pairing.ts";
import { createPeople } from "./auth/people.ts";
import { createBackups } from "./backups/backups.ts";
import { createCalls } from "./calls/calls.ts";
import { createConsent } from "./consent/consent.ts";
import { createNotRecorded } from "./consent/not-recorded.ts";
import { createContacts } from "./contacts/contacts.ts";
import { createContactFiles } from "./contacts/files.ts";
import { copilotRoom } from "./copilot/room.ts";
import type { Deps } from "./deps.ts";
import { createDispositions } from "./dispositions/dispositions.ts";
import { createExports } from "./exports/exports.ts";
import { createJobs } from "./jobs/jobs.ts";
import { createClips } from "./library/clips/clips.ts";
import { createFilters } from "./library/filters/filters.ts";
import { createLibrary } from "./library/library.ts";
import { createMarks } from "./library/marks/marks.ts";
import { createMerging } from "./library/merging/merging.ts";
import { createZips } from "./library/zip.ts";
import { createLive } from "./live/live.ts";
import { createErasure } from "./persons/erase.ts";
import { createExpediente } from "./persons/expediente.ts";
import { createPersons } from "./persons/persons.ts";
import { createPlaybooks } from "./playbooks/playbooks.ts";
import { arriving } from "./recordings/arriving.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { audioConverter } from "./retention/convert.ts";
import { createConversions } from "./retention/conversions.ts";
import { createKeeping } from "./retention/keeping.ts";
import { createNight } from "./retention/night.ts";
import { createRetention } from "./retention/retention.ts";
import { createSchedules } from "./schedules/schedules.ts";
import { createExplain } from "./stats/explain.ts";
import { createRebuild } from "./stats/rebuild/rebuild.ts";
import { createStats } from "./stats/stats.ts";
import { createTrends } from "./stats/trends/trends.ts";
import { createTeams } from "./teams/teams.ts";
import { createTime } from "./time/time.ts";
import { createTranscripts } from "./transcripts/transcripts.ts";

export type Rooms = ReturnType<typeof createRooms>;

/** Every room's verbs. Each room is made of those that it calls, so the order is that of who needs whom. */
export function createRooms(deps: Deps) {
  const audit = createAudit(deps);
  const auditReading = createAuditReading(deps, { audit });
  const actors = new Actors();
  const attempts = createAttempts(deps);
  const auth = createAuth(deps, { actors, attempts, audit });
  const pairing = createPairing(deps, { auth, attempts, audit });
  const ownPassword = createOwnPassword(deps, { auth, actors, attempts, audit });
  const sessions = createSessions(deps, { actors, auth, audit });
  const keys = createKeys(deps, { auth, actors, audit });
  const jobs = createJobs(deps, { audit, auth });
  const people = createPeople(deps, { actors, attempts, audit, jobs });
  const teams = createTeams(deps, { audit });
  const dispositions = createDispositions(deps, { audit });
  const alerts = createAlerts(deps, { audit });
  const contacts = createContacts(deps, audit);
  const notRecorded = createNotRecorded(deps, audit);
  const contactFiles = createContactFiles(deps, { audit });
  const time = createTime(deps);
  const rebuild = createRebuild(deps, time);
  const calls = createCalls(deps, { contacts, dispositions, notRecorded, time, audit });
  const consent = createConsent(deps, { calls, audit });
  const agents = createAgents(deps, { calls, time });
  const stats = createStats(deps, time);
  const days = createDays(deps, { time, stats, agents, audit });
  const exports = createExports(deps, { jobs, agents, auth, audit, time });
  const schedules = createSchedules(deps, { exports, auth, agents });
  const reasons = createPauseReasons(deps, { audit });
  const trends = createTrends(deps, stats);
  const explain = createExplain(deps, { stats, agents, calls });
  const library = createLibrary(deps, { dispositions });
  const marks = createMarks(deps, { library, audit });
  const clips = createClips(deps, { library, audit });
  const filters = createFilters(deps);
  const zips = createZips(deps, { library, jobs, audit });
  const recordings = arriving(createRecordings(deps, { calls, library, audit }));
  const converter = audioConverter(deps.clock);
  const keeping = createKeeping(deps, { audit, library, clips });
  const conversions = createConversions(deps, { audit, converter, keeping });
  const retention = createRetention(deps, { audit, dispositions, keeping, conversions, converter });
  const backups = createBackups(deps, { audit });
  const merging = createMerging(deps);
  const night = createNight(deps, { retention, keeping, conversions, backups, merging });
  const transcripts = createTranscripts(deps, { calls, teams, audit, library });
  const persons = createPersons(deps);
  const expediente = createExpediente(deps, { audit, jobs, persons });
  const erasure = createErasure(deps, {
    audit,
    clips,
    contacts,
    jobs,
    keeping,
    library,
    persons,
    recordings,
  });
  const live = createLive(deps, { agents, calls, stats, recordings });
  const playbooks = createPlaybooks(deps, { audit });
  const copilot = copilotRoom(deps, { calls, playbooks, audit });
  return {
    audit,
    auditReading,
    auth,
    people,
    pairing,
    ownPassword,
    sessions,
    keys,
    jobs,
    teams,
    time,
    rebuild,
    calls,
    consent,
    persons,
    expediente,
    erasure,
    notRecorded,
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
    exports,
    schedules,
    library,
    marks,
    clips,
    filters,
    zips,
    recordings,
    keeping,
    conversions,
    retention,
    backups,
    night,
    transcripts,
    live,
    playbooks,
    copilot,
  };
}
