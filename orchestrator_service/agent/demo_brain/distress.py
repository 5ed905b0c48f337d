"""Whom a person has to attend to: who is angry, and who is not of age. Patterns over folded text in es, en and pt."""

import re

MINOR = re.compile(
    r"\b(?:tengo|tenho) (?:[1-9]|1[0-7]) an(?:os|itos)\b(?! (?:de|en|con|como|trabajando|vendiendo|na|no|em)\b)"
    r"|\b(?:i'?m|i am) (?:only |just )?(?:[1-9]|1[0-7])(?: years? old| yo\b|\W*$)"
    r"|\b(?:soy|sou) (?:un |uma? )?menor(?: de (?:edad|idade))?\b|\b(?:i'?m|i am) (?:a minor|under ?age)\b"
)
ANGRY = re.compile(
    r"\b(?:est[oae] es una? (?:estafa|verguenza|burla|robo|falta de respeto|desastre)|que (?:verguenza|estafa)|"
    r"(?:son|sois|manga de|banda de) (?:un[oa]s )?(?:ladr\w+|estafador\w+|chantas?|inutil\w+|sinverguenzas?|"
    r"mentiros\w+)|"
    r"me (?:estafaron|robaron|mintieron|cobraron (?:dos veces|de mas|mal|doble))|"
    r"(?:los|les|te|voy a|vamos a) (?:voy a )?(?:denunci\w+|demand\w+)|"
    r"(?:pesim[oa]|horrible|desastros[oa]) (?:servicio|atencion)|"
    r"(?:quiero|exijo|necesito) (?:hacer |poner |presentar )?(?:un reclamo|una queja|una reclamacion|"
    r"mi (?:dinero|plata))|"
    r"devuelv\w+ (?:mi|el|la) (?:dinero|plata)|(?:nadie|nunca) (?:me |nos )?(?:responde|contesta|atiende|responden)|"
    r"estoy (?:muy |re |super )?(?:enojad|furios|hart|indignad|molest|cabread|encabronad)[oa]|es inaceptable|"
    r"(?:a la|la|una|pura) mierda|hijos? de puta|pendejos?|pelotudos?|gilipollas|cabrones|"
    r"this is (?:a scam|a rip-?off|ridiculous|unacceptable|outrageous)|(?:you(?:'re| are) )(?:all )?(?:thieves|"
    r"scammers|liars|crooks)|"
    r"you (?:charged me twice|overcharged|scammed|lied to|ripped)|(?:i want|give me) (?:a refund|my money back)|"
    r"(?:terrible|awful|worst) (?:service|support)|file a complaint|i'?m (?:so |really |very )?(?:angry|furious|"
    r"fed up)|"
    r"nobody (?:answers|replies|responds)|i(?:'ll| will) (?:sue|report you)|"
    r"isso e um(?:a)? (?:golpe|absurdo|vergonha|palhacada|falta de respeito)|(?:voces )?sao (?:uns )?(?:ladroes|"
    r"golpistas|mentirosos)|"
    r"(?:me )?cobraram (?:duas vezes|errado|a mais)|quero (?:meu dinheiro|fazer uma reclamacao|reembolso)|"
    r"vou (?:processar|denunciar|no procon|reclamar)|pessimo (?:atendimento|servico)|"
    r"ninguem (?:me )?(?:responde|atende)|"
    r"estou (?:muito )?(?:irritad|furios|indignad|revoltad|bravo|puto))"
)
