/** Every error a client can meet: its status, and `[what happened, what to do next]` in both languages. */
export const texts = {
  malformed: {
    status: 400,
    es: ["La petición no se puede leer.", "Envía JSON válido, en UTF-8."],
    en: ["The request cannot be read.", "Send valid JSON in UTF-8."],
  },
  not_signed_in: {
    status: 401,
    es: ["No has entrado.", "Entra con tu correo y contraseña, o vincula este PC con un código."],
    en: ["You are not signed in.", "Sign in with e-mail and password, or pair this PC with a code."],
  },
  wrong_credentials: {
    status: 401,
    es: ["No coincide.", "Revisa el correo y las mayúsculas de la contraseña."],
    en: ["That does not match.", "Check the e-mail and the capitals of the password."],
  },
  ticket_invalid: {
    status: 401,
    es: ["Este enlace ya se usó o caducó.", "Vuelve a pulsar Ctrl+A para abrir la ayuda."],
    en: ["This link was used already or has expired.", "Press Ctrl+A again to open the copilot."],
  },
  forbidden: {
    status: 403,
    es: ["Tu cuenta no puede hacer esto.", "Pídelo a tu administradora."],
    en: ["Your account may not do this.", "Ask your administrator."],
  },
  listening_off: {
    status: 403,
    es: [
      "En este equipo no se transcribe lo que se dice.",
      "No envíes transcripciones. Una administradora puede permitirlo en Administración → Escucha.",
    ],
    en: [
      "What is said is not written down in this team.",
      "Send no transcripts. An administrator can allow them under Administration → Listening.",
    ],
  },
  wrong_origin: {
    status: 403,
    es: ["La petición viene de otra página.", "Abre CallManager en su propia dirección y repítelo allí."],
    en: ["The request comes from another page.", "Open CallManager at its own address and do it there."],
  },
  setup_token_wrong: {
    status: 403,
    es: ["El enlace de instalación no es válido.", "Copia el enlace que el servidor imprimió al arrancar."],
    en: ["The set-up link is not valid.", "Copy the link that the server printed when it started."],
  },
  not_found: {
    status: 404,
    es: ["No existe, o no es tuyo.", "Comprueba la dirección o el identificador."],
    en: ["It does not exist, or is not yours.", "Check the address or the id."],
  },
  setup_done: {
    status: 409,
    es: ["La instalación ya está hecha.", "Entra con tu cuenta en /login."],
    en: ["The set-up is done already.", "Sign in with your account at /login."],
  },
  email_taken: {
    status: 409,
    es: ["Ya hay una persona con ese correo.", "Usa otro correo, o cambia a esa persona."],
    en: ["Somebody has that e-mail already.", "Use another e-mail, or change that person."],
  },
  last_admin: {
    status: 409,
    es: ["Es la última cuenta de administración activa.", "Da antes ese papel a otra persona."],
    en: ["This is the last active admin account.", "Give that role to somebody else first."],
  },
  team_elsewhere: {
    status: 409,
    es: ["Ese equipo está en otra sede.", "Elige la sede de ese equipo, o da otro nombre al equipo."],
    en: ["That team belongs to another site.", "Choose that team's site, or give the team another name."],
  },
  id_taken: {
    status: 409,
    es: ["Ese identificador ya se usó con otros datos.", "Crea un UUIDv7 nuevo para una llamada nueva."],
    en: ["That id was used with other data.", "Make a new UUIDv7 for a new call."],
  },
  call_in_progress: {
    status: 409,
    es: ["La llamada sigue en curso.", "Termínala antes de cerrar su trabajo posterior."],
    en: ["The call is still in progress.", "End it before its wrap-up can end."],
  },
  state_there: {
    status: 409,
    es: ["En ese instante ya empieza otro estado.", "Corrige ese otro, o elige otro instante."],
    en: ["Another state begins at that instant.", "Correct that one, or choose another instant."],
  },
  line_taken: {
    status: 409,
    es: [
      "Ya hay líneas con ese número y otro texto.",
      "Da otro número a las que se indican; las demás están guardadas.",
    ],
    en: [
      "There are lines with that number and another text already.",
      "Give the ones named here another number; the others are kept.",
    ],
  },
  recording_complete: {
    status: 409,
    es: ["Esa grabación ya está completa y no cambia.", "No envíes más partes de esa llamada."],
    en: ["That recording is complete and does not change.", "Send no more parts of that call."],
  },
  missing_parts: {
    status: 409,
    es: ["Faltan partes de la grabación.", "Envía las partes que se indican y termina otra vez."],
    en: ["Parts of the recording are missing.", "Send the parts named here and finish again."],
  },
  digest_mismatch: {
    status: 409,
    es: ["El audio recibido no es el que se anunció.", "Envía otra vez todas las partes y termina de nuevo."],
    en: ["The audio received is not what was announced.", "Send all parts again and finish once more."],
  },
  playbook_taken: {
    status: 409,
    es: ["Ya hay un argumentario con ese identificador.", "Elige otro identificador, o cambia el que hay."],
    en: ["There is a playbook with that id already.", "Choose another id, or change the one that is there."],
  },
  main_playbook: {
    status: 409,
    es: ["Es el argumentario principal.", "Haz principal a otro antes de apagar este."],
    en: ["It is the main playbook.", "Make another one the main one before this one is switched off."],
  },
  card_changed: {
    status: 409,
    es: ["Otra persona ha cambiado esta tarjeta.", "Vuelve a abrirla: verás su versión, y repite tu cambio."],
    en: [
      "Somebody else has changed this card.",
      "Open it again: you will see that version. Then repeat your change.",
    ],
  },
  phone_taken: {
    status: 409,
    es: ["Otro contacto del equipo tiene ese teléfono.", "Busca ese teléfono y cambia el contacto que hay."],
    en: [
      "Another contact of the team has that phone.",
      "Look for that phone, and change the contact that is there.",
    ],
  },
  file_too_large: {
    status: 413,
    es: ["El archivo es demasiado grande.", "Envía hasta 10 MB y 50.000 filas; divide los más grandes."],
    en: ["The file is too large.", "Send up to 10 MB and 50,000 rows; divide larger ones."],
  },
  too_large: {
    status: 413,
    es: ["Es demasiado grande.", "Envía partes de 5.242.880 bytes, y JSON de menos de 64 KB."],
    en: ["It is too large.", "Send parts of 5,242,880 bytes, and JSON of less than 64 KB."],
  },
  unsupported_media_type: {
    status: 415,
    es: ["Ese tipo de contenido no se acepta aquí.", "Usa Content-Type: application/json."],
    en: ["That kind of content is not taken here.", "Use Content-Type: application/json."],
  },
  range_not_satisfiable: {
    status: 416,
    es: ["Esa parte del audio no existe.", "Pide un intervalo dentro de su tamaño."],
    en: ["That part of the audio does not exist.", "Ask for a range within its size."],
  },
  invalid: {
    status: 422,
    es: ["Hay valores que no valen.", "Corrige los campos que se indican."],
    en: ["Some values are not valid.", "Correct the fields named here."],
  },
  import_invalid: {
    status: 422,
    es: [
      "El archivo no se ha importado: hay errores.",
      "Corrige los lugares que se indican y vuelve a subirlo. Nada ha cambiado.",
    ],
    en: [
      "The file was not imported: it has mistakes.",
      "Correct the places named here and upload it again. Nothing has changed.",
    ],
  },
  model_missing: {
    status: 422,
    es: ["Ese modelo no está instalado.", "Descárgalo antes en Administración → Copiloto, o elige otro."],
    en: ["That model is not installed.", "Fetch it first under Administration → Copilot, or choose another."],
  },
  model_refused: {
    status: 422,
    es: [
      "Ese modelo sacaría las llamadas de la empresa.",
      "Elige uno que funcione en vuestras máquinas, sin «cloud».",
    ],
    en: [
      "That model would send calls out of the company.",
      "Choose one that runs on your own machines, without «cloud».",
    ],
  },
  pairing_code_invalid: {
    status: 422,
    es: ["El código no vale: ya se usó o caducó.", "Pide otro código; dura 10 minutos y sirve una vez."],
    en: ["The code is not valid: used or expired.", "Get another code; it lasts 10 minutes and works once."],
  },
  part_invalid: {
    status: 422,
    es: ["La parte no llegó como se anunció.", "Envíala otra vez con su Content-Digest."],
    en: ["The part did not arrive as announced.", "Send it again with its Content-Digest."],
  },
  not_a_recording: {
    status: 422,
    es: ["El audio no es un WAV como dicen sus datos.", "Envía un WAV PCM de 16 bits con sus datos reales."],
    en: ["The audio is not a WAV as its metadata says.", "Send a 16-bit PCM WAV with its true metadata."],
  },
  no_file: {
    status: 409,
    es: ["Ese trabajo no tiene archivo.", "Espera a que termine; si falló o se canceló, pídelo otra vez."],
    en: ["That job has no file.", "Wait until it is done; if it failed or was cancelled, ask for it again."],
  },
  too_many_jobs: {
    status: 429,
    es: ["Ya tienes varios trabajos en marcha.", "Espera a que termine alguno, o cancela uno."],
    en: ["Several of your jobs are under way already.", "Wait until one is done, or cancel one."],
  },
  too_many: {
    status: 429,
    es: ["Demasiados intentos.", "Espera un minuto y prueba otra vez."],
    en: ["Too many attempts.", "Wait a minute and try again."],
  },
  internal: {
    status: 500,
    es: ["Algo ha fallado en el servidor.", "Prueba otra vez; si sigue, mira el registro del servidor."],
    en: ["Something failed in the server.", "Try again; if it goes on, look at the server's log."],
  },
  ollama_down: {
    status: 503,
    es: ["Ollama no responde.", "En el servidor, arráncalo (ollama serve) y repite."],
    en: ["Ollama does not answer.", "On the server, start it (ollama serve) and try again."],
  },
  storage_down: {
    status: 503,
    es: ["El servidor no puede guardar ahora.", "Tu PC lo guarda y lo enviará; avisa a tu administradora."],
    en: ["The server cannot store right now.", "Your PC keeps it and will send it; tell your administrator."],
  },
} as const satisfies Record<
  string,
  { status: number; es: readonly [string, string]; en: readonly [string, string] }
>;

export type ErrorCode = keyof typeof texts;
