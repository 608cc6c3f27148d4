import type { BuiltInDisposition } from "#contract";
import type { Campaign } from "./cast.ts";

/** `{agente}` and `{cliente}` are first names. Everything here is made up. */
export type Turns = string[];

/** How a call begins: the agent first, then by turns. */
export const OPENINGS: Record<Campaign, Turns[]> = {
  Fibra: [
    [
      "Buenos días, le llamo por la fibra de trescientos megas. Soy {agente}. ¿Tiene un momento?",
      "Sí, dígame, pero sea breve, por favor.",
      "Claro. Son trescientos megas de subida y de bajada, con la instalación y el router incluidos.",
      "¿Y eso cuánto me cuesta al mes?",
      "Son veintinueve euros con noventa al mes, con el IVA incluido y sin permanencia.",
    ],
    [
      "Hola, soy {agente}. Usted miró en la web nuestra fibra la semana pasada, ¿verdad?",
      "Sí, la miré por encima. Ahora tengo otra y va regular.",
      "¿Qué es lo que le va regular: la velocidad o los cortes?",
      "Por la noche va muy lenta, cuando estamos todos en casa.",
      "La nuestra es simétrica, y el técnico mide la velocidad y el wifi el día que la instala.",
    ],
  ],
  Seguros: [
    [
      "Buenas tardes, soy {agente}. Le llamo por el seguro de hogar del que pidió información.",
      "Ah, sí, lo del seguro de la casa. Cuénteme.",
      "Cubre agua, incendio, robo, cristales, daños eléctricos y responsabilidad civil.",
      "¿Y tiene franquicia?",
      "No, sin franquicia. Son dieciocho euros con cincuenta al mes, con los impuestos incluidos.",
    ],
    [
      "Hola, soy {agente}. ¿Le pillo en buen momento para hablar del seguro de su casa?",
      "Bueno, dos minutos tengo.",
      "¿Su casa es en propiedad o está de alquiler?",
      "En propiedad. La compramos hace cuatro años.",
      "Entonces el continente va hasta ciento veinte mil euros y el contenido hasta treinta mil.",
    ],
  ],
};

/** What customers object, as they say it to the copilot's card, and what the agent answers. */
export const OBJECTIONS: Record<Campaign, Turns[]> = {
  Fibra: [
    [
      "Es que me parece muy caro.",
      "Le entiendo, nadie quiere pagar de más. Es un precio único: instalación, router y averías van dentro.",
    ],
    [
      "Me lo tengo que pensar.",
      "Claro, es normal. ¿Qué es lo que más le hace dudar, el precio o el cambio?",
      "El cambio. No quiero quedarme sin internet en casa.",
      "No se queda: su línea de ahora sigue hasta que la nueva funciona.",
    ],
    [
      "Ya tengo otra compañía y no estoy mal.",
      "Me alegro. ¿Sabe cuánto paga en total, con la línea y el router?",
      "Pues casi cuarenta y cinco euros, creo.",
    ],
    ["¿Y tiene permanencia?", "Ninguna. Puede darse de baja cuando quiera y sin penalización."],
    [
      "Mándemelo por escrito y lo miro con calma.",
      "Se lo mando ahora por correo, con las condiciones completas.",
    ],
    [
      "Tengo que hablarlo en casa.",
      "Por supuesto. ¿Con quién lo decide, y cuándo le viene bien que le llame?",
    ],
  ],
  Seguros: [
    [
      "Es muy caro, ahora pago menos.",
      "¿Y qué le cubre el que tiene? A veces es más barato porque deja fuera el agua o los cristales.",
    ],
    [
      "Lo tengo con el banco, por la hipoteca.",
      "Puede cambiarlo: le damos el certificado para su banco, y vale para la hipoteca.",
      "Eso no lo sabía.",
    ],
    [
      "Cuando pasa algo, luego no pagan.",
      "El perito va en cuarenta y ocho horas y se paga en diez días desde que se acepta el parte.",
    ],
    ["Me lo tengo que pensar.", "Claro. El presupuesto se guarda treinta días, sin compromiso."],
    [
      "Quiero leer el contrato antes de firmar.",
      "Hace bien. Se lo mando por correo; las exclusiones están en la primera página.",
    ],
    [
      "Mi casa es antigua, no me la van a asegurar.",
      "¿De qué año es, y se han cambiado las tuberías?",
      "Se cambiaron hace diez años, cuando la reforma.",
      "Entonces no hay problema.",
    ],
  ],
};

/** What else there is to talk about in a long call; the agent begins. */
export const DETAILS: Record<Campaign, Turns[]> = {
  Fibra: [
    [
      "¿Cuántos son en casa, y para qué usan más internet?",
      "Somos cuatro. Los chicos juegan en línea y yo trabajo desde casa dos días a la semana.",
      "Entonces la subida le importa: en las videollamadas se nota mucho más que la bajada.",
      "Sí, a veces me dicen que se me congela la imagen.",
    ],
    [
      "La instalación dura unas dos horas, y va por los conductos que ya existen, sin obras.",
      "¿Y tiene que haber alguien en casa?",
      "Sí, una persona mayor de edad. La cita la elige usted, también en sábado.",
      "El sábado por la mañana me vendría mejor.",
    ],
    [
      "El router va incluido, y el técnico comprueba el wifi habitación por habitación.",
      "Es que en el dormitorio del fondo casi no llega.",
      "Dígaselo al técnico ese día: busca con usted el mejor sitio para el router.",
      "Eso estaría bien, la verdad, porque llevamos años así.",
    ],
    [
      "¿Me deja que compruebe la cobertura de su calle? Es un momento.",
      "Sí, claro, espero.",
      "Gracias por esperar. Hay fibra en su edificio, así que se puede instalar esta semana o la que viene.",
      "Pues no sabía que llegaba hasta aquí.",
    ],
    [
      "Si hubiera una avería, se atiende en cuarenta y ocho horas y no le cuesta nada.",
      "Con la de ahora estuve una semana entera sin línea.",
      "Lo siento. Aquí le atiende una persona todos los días, de nueve de la mañana a nueve de la noche.",
    ],
    [
      "El número fijo lo puede conservar, si lo usa.",
      "Lo usa mi madre para llamarme, así que sí, tiene que seguir.",
      "No hay problema. Se pide el mismo día, y la línea de ahora sigue hasta que la nueva funciona.",
    ],
  ],
  Seguros: [
    [
      "¿Cuántos metros tiene la casa, más o menos, y en qué piso está?",
      "Unos noventa metros, en un tercero con ascensor.",
      "¿Y tiene puerta blindada o alarma?",
      "Blindada sí. Alarma no, todavía no la hemos puesto.",
    ],
    [
      "Si se rompe una tubería de noche, el fontanero va en menos de tres horas.",
      "¿También en agosto? Que en agosto no encuentra uno a nadie.",
      "También. Las urgencias se atienden las veinticuatro horas, todos los días del año.",
      "Eso me interesa, porque nos pasó hace dos veranos.",
    ],
    [
      "La responsabilidad civil le cubre hasta trescientos mil euros, por ejemplo si el agua llega al vecino.",
      "¿Y si el daño me lo hace el vecino a mí?",
      "Entonces lo reclamamos nosotros por usted, y mientras tanto lo suyo se repara.",
    ],
    [
      "Puede pagarlo al mes o todo de una vez; al año son doscientos diez euros, doce menos.",
      "¿Y se puede cambiar después de un modo al otro?",
      "Sí, cuando le toque renovar. Le avisamos antes.",
      "Mejor al mes, así no lo noto tanto.",
    ],
    [
      "Las reparaciones tienen dos años de garantía, y los profesionales son siempre los mismos de su zona.",
      "La otra vez me mandaron a tres personas distintas.",
      "Le entiendo. Aquí tiene un solo número y un solo expediente, de principio a fin.",
    ],
    [
      "¿Cuándo querría que empezara? Puede elegir una fecha de aquí a noventa días.",
      "El que tengo vence a final del mes que viene.",
      "Perfecto, entonces empezaría justo al día siguiente, y no paga dos a la vez.",
    ],
  ],
};

/** How a call ends. */
export const CLOSINGS: Record<BuiltInDisposition, Turns> = {
  sale: [
    "¿Le parece si lo dejamos hecho ahora? Tiene catorce días para echarse atrás.",
    "Venga, sí. Vamos a probar.",
    "Perfecto, {cliente}. Le llega un correo con todo. Muchas gracias.",
    "Gracias a usted, {agente}.",
  ],
  follow_up: [
    "¿Cuándo le viene bien que le vuelva a llamar?",
    "Pues pasado mañana, por la tarde.",
    "Lo apunto. Hasta pasado mañana, y gracias.",
    "De acuerdo, hasta luego.",
  ],
  not_interested: [
    "Mire, de verdad, por ahora no me interesa.",
    "Lo entiendo, y le agradezco el rato. Que tenga buen día.",
    "Igualmente, adiós.",
  ],
  no_answer: ["Hola, ¿me oye? Parece que ha saltado el contestador. Le llamaré en otro momento."],
  other: [
    "Perdone, es que el titular es mi hermano y ahora no está.",
    "No se preocupe. ¿A qué hora lo encuentro?",
    "Por la noche, a partir de las ocho.",
  ],
};
