import { createAgents } from "./agents/agents.ts";
import { Actors } from "./auth/actors.ts";
import { createAlerts } from "./alerts/alerts.ts";
import { createAuth } from "./auth/auth.ts";
import { createPeople } from "./auth/people.ts";
import { createCalls } from "./calls/calls.ts";
import { createContacts } from "./contacts/contacts.ts";
import { createContactFiles } from "./contacts/files.ts";
import { copilotRoom } from "./copilot/room.ts";
import type { Deps } from "./deps.ts";
import { createDispositions } from "./dispositions/dispositions.ts";
import { createLive } from "./live/live.ts";
import { createPlaybooks } from "./playbooks/playbooks.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { createStats } from "./stats/stats.ts";
import { createTeams } from "./teams/teams.ts";
import { createTranscripts } from "./transcripts/transcripts.ts";

/** Every room's verbs, each room made of those that it calls. */
export function createRooms(deps: Deps) {
  const actors = new Actors();
  const auth = createAuth(deps, actors);
  const people = createPeople(deps, actors);
  const teams = createTeams(deps);
  const dispositions = createDispositions(deps);
  const alerts = createAlerts(deps);
  const contacts = createContacts(deps);
  const contactFiles = createContactFiles(deps);
  const calls = createCalls(deps, { contacts, dispositions });
  const agents = createAgents(deps, calls);
  const stats = createStats(deps);
  const recordings = createRecordings(deps, { calls, dispositions });
  const transcripts = createTranscripts(deps, { calls, teams });
  const live = createLive(deps, { agents, calls, stats, recordings });
  const playbooks = createPlaybooks(deps);
  const copilot = copilotRoom(deps, { calls, playbooks });
  return {
    auth,
    people,
    teams,
    calls,
    contacts,
    contactFiles,
    dispositions,
    alerts,
    agents,
    stats,
    recordings,
    transcripts,
    live,
    playbooks,
    copilot,
  };
}
