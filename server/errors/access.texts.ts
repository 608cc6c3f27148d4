import type { ErrorTexts } from "./text.ts";

/** Who is who: set-up, sign-in, people, pairing and codes. */
export const access = {
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
  locked_out: {
    status: 429,
    es: [
      "Demasiados intentos fallidos con esta cuenta: queda en espera.",
      "Prueba dentro de un cuarto de hora, o pide a tu administradora un código para poner otra contraseña.",
    ],
    en: [
      "Too many failed attempts with this account: it has to wait.",
      "Try in a quarter of an hour, or ask your administrator for a code to set another password.",
    ],
  },
  ticket_invalid: {
    status: 401,
    es: ["Este enlace ya se usó o caducó.", "Vuelve a pulsar Ctrl+A para abrir la ayuda."],
    en: ["This link was used already or has expired.", "Press Ctrl+A again to open the copilot."],
  },
  setup_token_wrong: {
    status: 403,
    es: ["El enlace de instalación no es válido.", "Copia el enlace que el servidor imprimió al arrancar."],
    en: ["The set-up link is not valid.", "Copy the link that the server printed when it started."],
  },
  not_set_up: {
    status: 409,
    es: [
      "Aquí aún no hay ninguna cuenta.",
      "Abre el enlace de instalación que muestra la consola del servidor y crea la primera.",
    ],
    en: [
      "There is no account here yet.",
      "Open the set-up link that the server's console shows, and make the first one.",
    ],
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
  reset_code_invalid: {
    status: 422,
    es: [
      "El código no vale para ese correo: ya se usó, caducó o es otro.",
      "Revisa el correo, o pide otro código a tu administradora; dura una hora y sirve una vez.",
    ],
    en: [
      "The code is not valid for that e-mail: used, expired or another one.",
      "Check the e-mail, or get another code from your administrator; it lasts an hour and works once.",
    ],
  },
  pairing_code_invalid: {
    status: 422,
    es: ["El código no vale: ya se usó o caducó.", "Pide otro código; dura 10 minutos y sirve una vez."],
    en: ["The code is not valid: used or expired.", "Get another code; it lasts 10 minutes and works once."],
  },
} as const satisfies ErrorTexts;
