"""More people from Argentina: those who wait, who paused the agent, and who must not be written to."""

from __future__ import annotations

from typing import Final

from nexus.demo.person import Person

ARGENTINA_MORE: Final = (
    Person(
        name="Florencia Acosta",
        phone="+5491144440016",
        ago="1 h",
        stage="qualified",
        owner="closer",
        interest="hot",
        score=84,
        need="Cerrar más ventas de cursos por WhatsApp",
        company="Academia Horizonte",
        email="flor@horizonte.example",
        value="1800 USD",
        waits="person_requested",
        unread=2,
        talk="""
        > Hola!! Vendemos cursos online y se nos caen los leads de la noche
        < ¡Hola, Florencia! ¿Cuántas consultas reciben por día?
        > entre 80 y 100, más cuando pautamos
        < Es un volumen ideal para automatizar la primera respuesta. ¿Qué presupuesto tenían en mente?
        > hasta 2000 dólares si funciona
        > ¿me puede llamar alguien para ver lo de la integración con Mercado Pago?
        < Sí, le paso tu consulta a Martín para que te llame.
        > perfecto, estoy hasta las 18
        > después tengo clase
        """,
    ),
    Person(
        name="Ramiro Toledo",
        phone="+5493814440017",
        ago="13 min",
        source="meta",
        unread=1,
        draft="¡Hola, Ramiro! Sí, atendemos en todo el país: se instala solo y te acompañamos por videollamada. "
        "¿Cuántas personas toman turnos en tu consultorio?",
        talk="""
        > Hola, soy odontólogo en Tucumán. ¿Trabajan en el interior?
        """,
    ),
    Person(
        name="Julieta Cabrera",
        phone="+5491144440018",
        ago="4 h",
        stage="contacted",
        owner="setter",
        interest="cold",
        score=30,
        need="Comparar precios",
        talk="""
        > Precio?
        < ¡Hola, Julieta! El plan inicial es de US$ 90 por mes para hasta tres personas. ¿Para qué negocio sería?
        > peluquería
        < Buenísimo. ¿Cuántas personas atienden?
        > 2
        > lo pienso
        < Dale, sin apuro. Si querés, te muestro un ejemplo de una peluquería cuando gustes.
        """,
    ),
    Person(
        name="Esteban Molina",
        phone="+5491144440019",
        ago="2 d",
        stage="contacted",
        interest="not_interested",
        score=8,
        opted_out=True,
        talk="""
        > De dónde sacaron mi número?
        < Hola, Esteban. Nos escribiste en la feria de Rosario para recibir información.
        > no quiero más mensajes, BAJA
        < Listo, no te escribimos más. Disculpá la molestia.
        """,
    ),
    Person(
        name="Camila Duarte Ríos",
        phone="+5492234440020",
        ago="50 min",
        stage="meeting",
        owner="professional",
        interest="hot",
        score=77,
        need="Turnos online para un hotel de mascotas",
        company="Patitas Hotel",
        value="960000 ARS",
        meeting="professional 0 15:30",
        talk="""
        > Hola! Tengo un hotel de perros en Mar del Plata
        < ¡Hola, Camila! ¡Qué lindo! ¿Cómo reservan hoy?
        > todo por whatsapp a mano, en enero es imposible
        < En temporada es cuando más se nota. ¿Cuántas reservas por semana?
        > 40 y pico
        < ¿Te muestro cómo quedaría? Laura tiene libre el {day} a las {hour}.
        > A las {hour} me viene bárbaro
        < ¡Agendado! {slot} con Laura. Te paso el enlace por acá.
        """,
    ),
    Person(
        name="Pablo Ibáñez",
        phone="+5491144440021",
        ago="7 h",
        stage="qualified",
        owner="professional",
        interest="warm",
        score=61,
        need="Recordatorios para un estudio jurídico",
        company="Ibáñez & Asociados",
        value="1500 USD",
        talk="""
        > Hola. Somos un estudio jurídico de nueve abogados
        < ¡Hola, Pablo! ¿Buscan ordenar las reuniones con clientes?
        > Exacto, y que no se nos pase ningún vencimiento
        < Los recordatorios de reuniones sí; los vencimientos procesales los seguís en tu sistema. ¿Te sirve igual?
        > Sí, sirve. ¿Hay factura A?
        <? Sí, emitimos factura A. ¿A nombre de qué razón social?
        """,
    ),
    Person(
        name="Milagros Pereyra",
        phone="+5491144440022",
        ago="17 min",
        source="meta",
        unread=1,
        talk="""
        > holaa info porfa
        < ¡Hola, Milagros! Nexus ordena turnos y ventas por WhatsApp. ¿A qué te dedicás?
        > tengo un salón de uñas 💅
        """,
    ),
    Person(
        name="Diego Lagos",
        phone="+5491144440023",
        ago="5 d",
        stage="won",
        owner="closer",
        interest="hot",
        score=93,
        need="Ventas por WhatsApp para una concesionaria",
        company="Lagos Automotores",
        email="diego@lagos.example",
        value="5200 USD",
        meeting="closer -5 12:00",
        closed=True,
        talk="""
        > Hola, somos una concesionaria con ocho vendedores
        < ¡Hola, Diego! ¿Cómo reparten hoy las consultas?
        > al que atiende primero, un desastre
        < Con Nexus se reparten solas y cada una tiene dueño. ¿Lo vemos con Martín?
        > Sí, cuanto antes
        @ Diego, un gusto. Te mandé la invitación para que lo veamos con tu gerente.
        > Ahí la acepté
        ... 4 d
        @ Quedó todo firmado. ¡Gracias por la confianza!
        > A ustedes! Arrancamos el lunes
        """,
    ),
    Person(
        name="Rocío Villalba",
        phone="+5491144440024",
        ago="22 h",
        stage="contacted",
        owner="closer",
        interest="warm",
        score=52,
        need="Turnos para un gimnasio de crossfit",
        company="Box Villalba",
        waits="send_failed",
        unread=1,
        talk="""
        > Buenas! ¿Sirve para cupos de clases? Tengo un box de crossfit
        < ¡Hola, Rocío! Sí, podés poner cupo por clase y lista de espera. ¿Cuántas clases dan por día?
        > 7 por día, 12 por clase
        <! Perfecto: te armo un ejemplo con esos cupos y te lo muestro. ¿Mañana a la tarde podés?
        """,
    ),
)
