"""People from Brazil, who say você: clinics, gyms and estate agents of São Paulo and beyond."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nexus.demo.person import Person

_PEOPLE: Final = (
    Person(
        name="João Lima",
        phone="+5511944440006",
        ago="75 min",
        stage="qualified",
        interest="warm",
        score=64,
        need="Responder mensagens à noite",
        company="Lima Reformas",
        value="4800 BRL",
        unread=1,
        talk="""
        > Oi, tudo bem? Quero saber como funciona
        < Oi, João! Tudo ótimo. Você atende por WhatsApp hoje?
        > Sim, e perco muita mensagem à noite
        < A Sofía responde a qualquer hora e já deixa a visita marcada. Quantas mensagens chegam depois das 18h?
        > umas 15 por noite, no verão mais
        """,
    ),
    Person(
        name="Beatriz Souza",
        phone="+5511944440007",
        ago="30 h",
        stage="won",
        owner="closer",
        interest="hot",
        score=96,
        need="Agenda para uma academia",
        company="Academia Movimento",
        email="bia@movimento.example",
        value="12600 BRL",
        meeting="closer -3 9:30",
        talk="""
        > Oi! Adorei a conversa com o Martín na {day}
        @ Que bom, Bia! Segue a proposta com os 6 usuários que combinamos.
        > Fechamos! Como faço o pagamento?
        < Que ótima notícia, Beatriz! O link de pagamento está no e-mail que o Martín enviou.
        > Pago, obrigada!
        """,
    ),
    Person(
        name="Rafael Moreira",
        phone="+5521944440050",
        ago="33 min",
        stage="meeting",
        owner="closer",
        interest="hot",
        score=80,
        need="Distribuir leads entre corretores",
        company="Moreira Imóveis",
        value="9900 BRL",
        meeting="closer 0 11:30",
        talk="""
        > Olá! Tenho uma imobiliária no Rio, são 12 corretores
        < Olá, Rafael! Hoje como vocês dividem os contatos?
        > No grupo do zap, quem pega primeiro leva. Dá briga
        < Dá para distribuir sozinho, com regra justa. Quer ver com o Martín?
        = Estes são os horários dele: | {slot} | {slot2} | {slot3}
        >* {slot}
        < Combinado, Rafael: {day} às {hour} com o Martín. Mando o link por aqui.
        > Show, valeu!
        """,
    ),
    Person(
        name="Camila Nogueira",
        phone="+5531944440051",
        ago="11 min",
        stage="contacted",
        interest="warm",
        score=51,
        source="meta",
        unread=1,
        talk="""
        > oi, é pra clínica de estética?
        < Oi, Camila! Serve sim, muitas clínicas de estética usam. Quantas profissionais atendem com você?
        > somos 3
        < Legal! E hoje a agenda fica onde?
        > no caderninho 😅
        """,
    ),
    Person(
        name="Thiago Barbosa",
        phone="+5551944440052",
        ago="4 h",
        stage="contacted",
        owner="setter",
        interest="cold",
        score=26,
        talk="""
        > Tem plano grátis?
        < Oi, Thiago! Não temos plano grátis, mas você pode ver uma demonstração sem compromisso. Qual é o seu negócio?
        > barbearia, só eu por enquanto
        < Entendi. Para uma pessoa só o plano inicial já resolve. Quer que eu te explique?
        > mês que vem eu vejo
        """,
    ),
    Person(
        name="Larissa Teixeira",
        phone="+5511944440053",
        ago="2 h",
        stage="meeting",
        owner="professional",
        interest="hot",
        score=83,
        need="Agenda de um consultório de dermatologia",
        company="Derma Teixeira",
        value="7200 BRL",
        meeting="professional +3 12:00",
        talk="""
        > Olá, sou dermatologista em Campinas
        < Olá, doutora Larissa! O que mais atrapalha na agenda hoje?
        > Falta de confirmação. Perco umas 10 consultas por semana
        < Com confirmação automática isso cai bastante. A Laura pode mostrar na {day} às {hour}?
        > Pode ser, é meu horário de almoço
        < Marcado: {slot} com a Laura.
        """,
    ),
    Person(
        name="Gustavo Farias",
        phone="+5541944440054",
        ago="26 h",
        stage="proposal",
        owner="professional",
        interest="hot",
        score=87,
        need="Atendimento de uma rede de óticas",
        company="Óticas Farias",
        email="gustavo@farias.example",
        value="21400 BRL",
        meeting="professional -1 15:00",
        talk="""
        > Laura, ficou boa a demonstração. Manda a proposta das quatro lojas?
        @ Oi, Gustavo! Enviei agora no seu e-mail, com o desconto anual.
        > Recebi. Vou levar para a diretoria
        # A diretoria se reúne na sexta. Ligar na segunda.
        @ Perfeito, qualquer dúvida me chama.
        """,
    ),
    Person(
        name="Patrícia Campos",
        phone="+5571944440055",
        ago="45 min",
        stage="qualified",
        owner="closer",
        interest="hot",
        score=76,
        need="Matrículas de uma escola de idiomas",
        company="Fale Mais Idiomas",
        value="8300 BRL",
        waits="person_requested",
        unread=1,
        talk="""
        > Oi! Escola de idiomas em Salvador, 300 alunos
        < Oi, Patrícia! Que legal. O que você quer resolver primeiro?
        > matrícula em janeiro vira um caos, ninguém responde todo mundo
        < Dá para responder todos na hora e já marcar a visita. Até quando você quer ter isso funcionando?
        > até dezembro. Posso falar com uma pessoa sobre o contrato?
        < Claro! Já avisei o Martín, ele fala com você ainda hoje.
        """,
    ),
    Person(
        name="Bruno Carvalho",
        phone="+5511944440056",
        ago="6 min",
        unread=2,
        talk="""
        > Opa
        > vcs integram com o google agenda?
        """,
    ),
    Person(
        name="Fernanda Ribeiro",
        phone="+5581944440057",
        ago="7 d",
        stage="lost",
        owner="professional",
        interest="cold",
        score=31,
        company="Buffet Ribeiro",
        closed=True,
        talk="""
        > Olá, quanto custa para um buffet?
        < Olá, Fernanda! A partir de US$ 90 por mês. Quantas pessoas usariam?
        > Achei caro, vou continuar na planilha
        < Tudo bem! Se mudar de ideia, é só chamar.
        """,
    ),
    Person(
        name="Eduardo Pinheiro",
        phone="+5511944440058",
        ago="100 min",
        stage="contacted",
        owner="closer",
        interest="warm",
        score=59,
        need="Orçamentos de uma marcenaria",
        company="Marcenaria Pinheiro",
        value="3900 BRL",
        talk="""
        > Oi, tudo bem? Trabalho com móveis planejados
        < Olá, Eduardo! Você quer organizar os orçamentos ou as visitas?
        > Os dois. Hoje faço tudo sozinho
        @ Eduardo, aqui é o Martín. Tenho outro cliente marceneiro, posso te contar como ele faz.
        > Quero sim! Pode me ligar depois das 17h?
        @ Ligo sim, até já.
        """,
    ),
    Person(
        name="Aline Monteiro",
        phone="+5585944440059",
        ago="3 d",
        stage="qualified",
        owner="professional",
        interest="warm",
        score=60,
        need="Lembretes para uma clínica infantil",
        company="Clínica Pingo",
        value="5600 BRL",
        meeting="professional +2 14:00",
        talk="""
        > Oi, é para uma clínica infantil em Fortaleza
        < Oi, Aline! Os pais confirmam as consultas por WhatsApp?
        > Alguns. A secretária passa a manhã toda nisso
        < Dá para automatizar e ela cuida do que importa. Quer ver na {day} às {hour}?
        > Quero
        < Marcado: {slot} com a Laura. Até lá!
        """,
    ),
    Person(
        name="Vinícius Prado",
        phone="+5562944440060",
        ago="19 h",
        interest="not_interested",
        score=10,
        stage="lost",
        closed=True,
        talk="""
        > vc é robô?
        < Oi, Vinícius! Sou a Sofía, assistente virtual da Nexus. Posso ajudar ou chamar uma pessoa.
        > não precisa, era só curiosidade
        < Sem problemas. Tenha um ótimo dia!
        """,
    ),
    Person(
        name="Marcos Vieira",
        phone="+5548944440061",
        ago="40 h",
        stage="contacted",
        owner="closer",
        interest="warm",
        score=54,
        need="Reservas de uma pousada",
        company="Pousada Vieira",
        value="6100 BRL",
        meeting="closer +5 11:00",
        talk="""
        > Opa! Tenho uma pousada em Floripa
        < Olá, Marcos! As reservas chegam mais pelo WhatsApp ou por sites?
        > metade e metade
        < Consigo cuidar da metade do WhatsApp para você. O Martín te mostra na {day} às {hour}?
        > Fechado, semana que vem é melhor mesmo
        < Marcado: {slot}.
        """,
    ),
)

BRAZIL: Final = tuple(replace(person, language="pt") for person in _PEOPLE)
