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
  panelAway: {
    title: "El copiloto no está disponible",
    unreachable:
      "El servidor no responde. La llamada sigue grabándose; pulsa Ctrl+A otra vez en un momento.",
    unpaired: "Este PC no está vinculado. Pide un código a tu administradora y vincúlalo.",
  },
};

export type Texts = typeof es;
