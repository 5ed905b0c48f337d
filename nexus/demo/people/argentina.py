"""People from Argentina, who say vos: clinics, studios and shops of Buenos Aires and around."""

from __future__ import annotations

from typing import Final

from core.whatsapp import Referral
from nexus.demo.person import Person

ARGENTINA: Final = (
    Person(
        name="Ana Ruiz",
        phone="+5491144440001",
        ago="4 min",
        stage="meeting",
        owner="professional",
        interest="hot",
        score=82,
        need="Ordenar los turnos de una clínica con tres médicos",
        value="1200 USD",
        company="Clínica del Parque",
        meeting="professional +1 10:30",
        talk="""
        > Hola, ¿cuánto sale para una clínica con tres médicos?
        < ¡Hola, Ana! Depende de cuántas agendas manejen. ¿Cuántos turnos dan por semana?
        > unos 120
        > y se nos escapan un montón porque nadie confirma
        < Eso se arregla con recordatorios por WhatsApp. ¿Te muestro cómo queda en una reunión de 30 minutos?
        = Tengo estos horarios con Laura: | {slot} | {slot2} | {slot3} | {slot4}
        >* {slot}
        < Listo, Ana: te espera Laura el {day} a las {hour}. Te escribo un rato antes para recordártelo.
        > genial, gracias!!
        """,
    ),
    Person(
        name="Luis Paz",
        phone="+5491144440002",
        ago="6 min",
        stage="contacted",
        interest="warm",
        score=55,
        ad=Referral(
            "ad",
            "120210000000001",
            "https://fb.me/nexus-demo",
            "Turnos que se llenan solos",
            "Responde por WhatsApp a toda hora y agenda sin que levantes el teléfono.",
            "ARAkLkA8rmlFeiCktEJQ",
        ),
        waits="person_requested",
        unread=1,
        talk="""
        > Buenas, vi el aviso en Instagram
        < ¡Hola, Luis! ¿Qué te gustaría resolver: los turnos, las ventas o las dos cosas?
        > las dos creo, tengo un centro de estética
        < Perfecto. ¿Cuántas personas atienden y por dónde te escriben hoy?
        > Prefiero hablar con una persona, ¿puede ser?
        < Claro que sí. Ya le avisé al equipo: te escribe alguien en un rato.
        > dale, espero
        """,
    ),
    Person(
        name="Sofía Medina",
        phone="+5491144440003",
        ago="6 d",
        stage="lost",
        owner="setter",
        interest="not_interested",
        score=5,
        closed=True,
        talk="""
        > ¿Esto es gratis?
        < Hola, Sofía. Tiene un costo mensual según el tamaño del equipo. ¿Querés que te cuente qué incluye?
        > Ah no, por ahora no, gracias
        < Entiendo. Si más adelante te sirve, acá estoy.
        """,
    ),
    Person(
        name="Martina Ledesma",
        phone="+5493514440010",
        ago="41 min",
        stage="qualified",
        interest="hot",
        score=79,
        need="Que las pacientes confirmen solas su turno",
        company="Consultorio Ledesma",
        value="850000 ARS",
        unread=2,
        meeting="professional +2 9:30 offered",
        talk="""
        > Hola! Soy ginecóloga en Córdoba, atiendo sola con una secretaria
        < ¡Hola, Martina! ¿Qué es lo que más tiempo les lleva hoy?
        > llamar una por una para confirmar
        > son 60 turnos por semana
        < Con Nexus cada paciente confirma o cambia desde el WhatsApp. ¿Cuándo te gustaría arrancar?
        > ya! este mes si se puede
        = Te propongo una demo corta con Laura: | {slot} | {slot2} | {slot3}
        > dejame ver con Romi, mi secretaria
        > te confirmo en un ratito
        """,
    ),
    Person(
        name="Gonzalo Ferreyra",
        phone="+5493414440011",
        ago="3 h",
        stage="proposal",
        owner="closer",
        interest="hot",
        score=91,
        need="Seguimiento de consultas para seis vendedores",
        company="Ferreyra Propiedades",
        email="gonzalo@ferreyra.example",
        value="3600 USD",
        meeting="closer -1 17:00",
        talk="""
        > Buenas, quedé en ver la propuesta después de la reunión con Martín
        < ¡Hola, Gonzalo! Le aviso a Martín para que te la mande hoy.
        @ Gonzalo, ¿cómo va? Te paso la propuesta por seis usuarios, con la migración incluida. Cualquier duda la vemos.
        > Me cierra. ¿El descuento anual se mantiene hasta fin de mes?
        @ Sí, hasta el 30 te lo sostengo.
        # Decide con el hermano el lunes. Llamar el martes a primera hora.
        > Buenísimo, lo hablo con mi hermano y te digo
        """,
    ),
    Person(
        name="Carolina Suárez",
        phone="+5491144440012",
        ago="1 d",
        stage="won",
        owner="professional",
        interest="hot",
        score=95,
        need="Turnos y recordatorios para un centro de kinesiología",
        company="Kine Norte",
        email="caro@kinenorte.example",
        value="2400 USD",
        meeting="professional -4 10:00",
        closed=True,
        talk="""
        > Hola, quería info para un centro de kinesio, somos cinco
        < ¡Hola, Carolina! ¿Cómo toman los turnos hoy?
        > cuaderno y WhatsApp jaja
        < ¡Clásico! Te muestro cómo se ve todo junto. ¿Te sirve el {day} a las {hour} con Laura?
        > Sí, ese día puedo
        < Agendado: {slot} con Laura.
        ... 3 d
        @ Caro, te dejo el contrato que charlamos. Cuando lo firmes arrancamos con la carga de pacientes.
        > Firmado! Qué emoción
        @ ¡Bienvenida! Mañana te escribe Sandra por la puesta en marcha.
        """,
    ),
    Person(
        name="Nicolás Benavídez",
        phone="+5491144440013",
        ago="2 h",
        stage="meeting",
        owner="closer",
        interest="warm",
        score=66,
        need="No perder las consultas del fin de semana",
        company="Taller Benavídez",
        value="540000 ARS",
        meeting="closer 0 17:00",
        talk="""
        > hola, tengo un taller mecánico, esto me sirve?
        < ¡Hola, Nicolás! Sí: varios talleres dan turnos así y avisan cuando el auto está listo. ¿Qué se te complica?
        > el finde me escriben y contesto el lunes, ya se fueron a otro
        < Te entiendo. El agente responde a toda hora y carga el turno. ¿Lo ves el {day} a las {hour} con Martín?
        > dale, a las {hour} estoy
        < Listo, queda agendado: {slot} con Martín.
        """,
    ),
    Person(
        name="Valentina Rossi",
        phone="+5492614440014",
        ago="26 min",
        stage="contacted",
        owner="professional",
        interest="warm",
        score=58,
        need="Agenda para una bodega con visitas",
        company="Bodega Los Álamos",
        source="form",
        talk="""
        > Hola, completé el formulario de la web
        < ¡Hola, Valentina! Gracias por escribir. ¿Las visitas a la bodega se reservan por WhatsApp?
        > Sí, y por mail, y por teléfono… un lío
        @ Hola Valentina, soy Laura. Trabajé con otras bodegas de Mendoza, te cuento cómo lo resolvieron.
        > ay sí, contame
        @ Te mando un resumen corto y si te gusta lo vemos en vivo.
        """,
    ),
    Person(
        name="Hernán Quiroga",
        phone="+5491144440015",
        ago="9 d",
        stage="lost",
        owner="closer",
        interest="cold",
        score=22,
        company="Librería Quiroga",
        closed=True,
        talk="""
        > Buenas. ¿Se puede usar sin internet?
        < Hola, Hernán. No: trabaja con WhatsApp, así que necesita conexión.
        > Uh. En el local se corta todo el tiempo
        < Te entiendo. Si mejora la conexión, escribime y lo vemos.
        """,
    ),
)
