import { uncapitalised } from "./words.ts";

/** Every text of the tray in Spanish; `en.ts` has the same keys. */
export const es = {
  states: {
    idle: "CallManager: lista para llamadas",
    oncall: "En llamada: grabando",
    paused: "En llamada: grabación en pausa",
    forbidden: "En llamada: no se graba, así se pidió",
    offline: "Sin conexión con el servidor",
    unpaired: "Este PC no está vinculado",
    error: "La grabación ha fallado",
    incomplete: "En llamada: falta una voz",
    full: "Disco lleno: la próxima llamada no se grabará",
    unrecorded: "Disco lleno: esta llamada no se graba",
    refused: "El servidor ha rechazado un envío",
  },
  capture: {
    agent: "Tu voz",
    customer: "Cliente",
    states: {
      muted: "silenciado",
      missing: "no llega",
      wrong_device: "está en otro dispositivo",
      silent: "micrófono apagado",
    },
  },
  ears: { listening: "Transcribiendo", unavailable: "Sin transcripción" },
  models: {
    usage:
      "Uso: npm run models -- list | pull <nombre> | import <carpeta> | remove <nombre>\n" +
      "  --accept-licence     acepta la licencia que se muestra\n" +
      "  --accept-unverified  acepta un modelo cuyos tamaños o resúmenes no se conocen de antemano\n" +
      "  --mirror <URL>       lo trae de un servidor de la empresa: <URL>/<nombre>/<archivo>",
    licence: "Licencia",
    here: (factor: number) => `instalado, ${factor} s de trabajo por segundo de voz`,
    notVerified: "sin verificar",
    installed: (id: string, factor: number) =>
      `${id} está instalado y probado: ${factor} s de trabajo por segundo de voz en este PC.`,
    tookDigest: (file: string, sha256: string) =>
      `${file} no tenía resumen conocido; el de lo que ha llegado es ${sha256}. Compáralo con otra fuente.`,
    removed: (id: string) => `${id} se ha borrado.`,
    /** `[what happened, what to do next]`, with facts in braces. */
    failures: {
      unknown: ["«{id}» no se conoce.", "Hay: {known}."],
      not_described: [
        "«{id}» no se conoce y el espejo no lo describe.",
        "Hay: {known}; otro necesita <espejo>/{id}/model.json.",
      ],
      no_description: [
        "En {folder} no hay ningún modelo que se conozca.",
        "La carpeta necesita sus archivos y un model.json.",
      ],
      licence: [
        "{id} tiene la licencia {licence}, que no se ha aceptado. No se ha traído nada.",
        "Léela y repite con --accept-licence.",
      ],
      unverified: [
        "De {id} no se conocen de antemano todos los tamaños y resúmenes. No se ha traído nada.",
        "Si te fías del origen, repite con --accept-unverified; se anotará el resumen de lo que llegue.",
      ],
      no_space: [
        "No hay sitio: hacen falta {needed} MB y hay {free} MB libres.",
        "Libera espacio y repite; lo que ya ha llegado se aprovecha.",
      ],
      unreachable: ["{url} no responde.", "Mira la red, o usa --mirror o «import»."],
      not_there: ["{file} no está ahí.", "Mira la dirección del espejo o la carpeta."],
      refused: ["El servidor no da {file} (estado {status}).", "Prueba más tarde, o usa --mirror."],
      nowhere: ["De {file} no se sabe de dónde traerlo.", "Usa --mirror o «import»."],
      truncated: ["{file} se ha cortado a medias.", "Repite: sigue donde se quedó."],
      wrong_size: [
        "{file} no es lo que debe ser: {found} bytes en vez de {wanted}. Se ha borrado.",
        "Repite; si vuelve a pasar, el origen lo ha cambiado.",
      ],
      wrong_digest: [
        "{file} no es lo que debe ser: su SHA-256 es otro. Se ha borrado.",
        "Repite; si vuelve a pasar, el origen lo ha cambiado.",
      ],
      no_model: [
        "{id} ha llegado entero, pero no se puede cargar en este PC. Se ha borrado.",
        "Mira que sherpa-onnx-node esté instalado; si lo está, el modelo no vale para él.",
      ],
    },
  },
  waiting: (count: number) => `${count} por enviar`,
  startCall: "Empezar llamada",
  endCall: "Terminar llamada",
  pauseRecording: "Pausar grabación",
  resumeRecording: "Reanudar grabación",
  openCopilot: "Abrir ayuda (Ctrl+A)",
  openBoard: "Mi día",
  availability: (name: string, current: boolean) => (current ? `● ${name}` : name),
  available: "Disponible",
  pausedFor: (reason: string) => `Pausa: ${uncapitalised(reason)}`,
  /** Until the server has told the company's own. */
  pauseReasons: ["Descanso", "Comida", "Formación", "Reunión"],
  openPairing: "Vincular este PC",
  openDiagnostics: "Diagnóstico",
  quit: "Salir",
  /** `[what was found, what to do next]`, or only the first. */
  doctor: {
    checks: {
      agent: "Tu voz",
      customer: "Voz del cliente",
      icon: "Icono",
      hotkey: "Ctrl+A",
      browser: "Navegador",
      server: "Servidor",
      pairing: "Vinculación",
      ollama: "IA local",
      disk: "Disco",
      ears: "Transcripción",
    },
    heard: (decibels: number) => `se oye, pico ${decibels} dB`,
    missing: {
      agent: ["no hay micrófono", "Conecta los auriculares y elígelos en los ajustes de sonido del sistema."],
      customer: [
        "no se puede grabar lo que suena",
        "En Linux hace falta PulseAudio o PipeWire; elige la salida con CUSTOMER_DEVICE.",
      ],
    } as Record<"agent" | "customer", [string, string]>,
    silent: {
      agent: ["no llega ningún sonido", "Quita el silencio del micrófono, habla y repite."],
      customer: ["ahora no suena nada", "Pon un vídeo o una llamada de prueba y repite."],
    } as Record<"agent" | "customer", [string, string]>,
    icon: "el escritorio lo muestra",
    noIcon: "No hace falta: la API local y «npm run tray -- …» hacen lo mismo.",
    noHost: [
      "este escritorio no muestra iconos",
      "En GNOME instala la extensión AppIndicator; aparecerá solo.",
    ] as [string, string],
    hotkey: "se ve desde cualquier ventana",
    noHotkey: [
      "no se ve el teclado",
      "En Wayland crea un atajo que ejecute «npm run tray -- summon»; en macOS da permiso de Accesibilidad.",
    ] as [string, string],
    noBrowser: ["no hay Chrome, Edge ni Chromium", "Instala uno, o di cuál con CALLMANAGER_BROWSER."] as [
      string,
      string,
    ],
    paired: (name: string) => `es el PC de ${name}`,
    unpaired: [
      "este PC no está vinculado",
      "Pide un código a tu administradora: «npm run tray -- pair CÓDIGO», o el menú de la bandeja.",
    ] as [string, string],
    serverDown: "Se sigue grabando aquí; avisa a quien lleva el servidor.",
    noServer: "No responde. Revisa SERVER_URL y la red; se sigue grabando aquí y se enviará al volver.",
    ollama: "responde al servidor",
    noOllama: [
      "no responde al servidor",
      "Las respuestas aprobadas siguen; en el servidor: «ollama serve» y «ollama pull llama3».",
    ] as [string, string],
    noModel: [
      "no hay ningún modelo instalado",
      "Solo si tu equipo transcribe llamadas: «npm run models -- list» y «pull».",
    ] as [string, string],
    brokenModel: (id: string): [string, string] => [
      `${id} no se puede cargar en este PC`,
      `Bórralo y tráelo otra vez: «npm run models -- remove ${id}».`,
    ],
    hears: (id: string, factor: number) => `${id}, ${factor} s de trabajo por segundo de voz`,
    tooSlow: "Este PC no puede con las dos voces a la vez: instala un modelo más pequeño.",
    free: (gib: number) => `${gib} GB libres`,
    full: (gib: number) => `Libera espacio: con menos de ${gib} GB no se graban llamadas nuevas.`,
    log: (file: string) => `Registro, sin datos personales: ${file}`,
  },
  localPage: {
    title: "CallManager en este PC",
    code: "Código de vinculación",
    codeWhy: "Lo da tu administradora en Administración. Vale 10 minutos.",
    pair: "Vincular",
    paired: "PC vinculado. Puedes cerrar esta página.",
    examining: "Mirando… habla un momento",
    again: "Repetir",
    expired: "Esta página ha caducado. Ábrela otra vez desde el menú de la bandeja.",
  },
  panelUnavailable: {
    title: "El copiloto no está disponible",
    unreachable: "El servidor no responde. La llamada sigue grabándose; pulsa Ctrl+A otra vez en un momento.",
    unpaired: "Este PC no está vinculado. Pide un código a tu administradora y vincúlalo.",
  },
  /** `[what happened, what to do next]` of each refusal of the control API. */
  refusals: {
    malformed: ["La petición no se puede leer.", "Envía JSON válido, en UTF-8."],
    not_signed_in: [
      "Falta la clave de este PC.",
      "Envía Authorization: Bearer con la clave del archivo control-token.",
    ],
    wrong_origin: [
      "La petición viene de otra página.",
      "Solo la página del servidor configurado puede vincular este PC.",
    ],
    not_found: ["Esa dirección no existe.", "Las direcciones están en tray/README.md."],
    call_in_progress: [
      "Ya hay una llamada en curso.",
      "Termínala antes, o da a la nueva su propio externalId.",
    ],
    no_call: ["No hay ninguna llamada así en curso.", "Empieza una antes, o revisa el externalId."],
    not_recording: [
      "Esta llamada no se está grabando.",
      "Revisa el micrófono; la siguiente llamada lo intentará otra vez.",
    ],
    already_paired: ["Este PC ya está vinculado.", "Para cambiarlo, usa «pair» en este PC con su clave."],
    too_large: ["Es demasiado grande.", "Envía menos de 16 KB."],
    unsupported_media_type: [
      "Ese tipo de contenido no se acepta aquí.",
      "Usa Content-Type: application/json.",
    ],
    misdirected: ["Esa petición no es para este PC.", "Usa 127.0.0.1 con el puerto de la bandeja."],
    invalid: ["Hay valores que no valen.", "Corrige los campos que se indican."],
    internal: ["Algo ha fallado en la bandeja.", "Prueba otra vez; si sigue, mira su registro."],
  },
};

export type Texts = typeof es;
