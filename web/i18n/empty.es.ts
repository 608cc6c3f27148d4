/** The texts of a company that has just begun, in Spanish. */
export const es = {
  title: "Conecta el primer PC",
  text: "Cada agente graba en su propio PC. Obtén un código para el primero; su primera llamada aparecerá aquí sola.",
  textOthers:
    "Pide a tu administradora que conecte el PC de un agente. Su primera llamada aparecerá aquí sola.",
  action: "Obtener un código",
  waiting: "Esperando al primer PC…",
  waitingCall: "Esperando la primera llamada…",
  after: "Después",
  testCall: "Haz una llamada de prueba",
  testCallWhy: "Comprueba que se graban las dos voces",
};

export type EmptyTexts = typeof es;
