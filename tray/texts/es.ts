/** Every text of the tray in Spanish; `en.ts` has the same keys. */
export const es = {
  states: {
    idle: "CallManager: lista para llamadas",
    oncall: "En llamada: grabando",
    paused: "En llamada: grabación en pausa",
    offline: "Sin conexión con el servidor",
    unpaired: "Este PC no está vinculado",
    error: "La grabación ha fallado",
    refused: "El servidor ha rechazado un envío",
  },
  waiting: (count: number) => `${count} por enviar`,
  startCall: "Empezar llamada",
  endCall: "Terminar llamada",
  pauseRecording: "Pausar grabación",
  resumeRecording: "Reanudar grabación",
  openCopilot: "Abrir ayuda (Ctrl+A)",
  openBoard: "Abrir panel",
  quit: "Salir",
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
