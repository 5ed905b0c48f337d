"""The words of prompt injection in Spanish, Portuguese and English, by the part they play in a rule.

Folded: lower case, no accents, no punctuation. `|` separates alternatives. Read by `core.prompt_patterns`.
"""

_SHOW = (
    "show|reveal|print|repeat|display|output|give|tell|write|share|dump|leak|paste|recite|translate|summarize|"
    "encode|expose|disclose|return|what is|what are|what were|what s|muestra|muestrame|mostra|mostrame|"
    "mostrar|mostre|revela|"
    "revelame|revele|repite|repiteme|repetime|repeti|repita|imprime|imprima|dime|decime|digame|diga|dame|deme|"
    "escribe|escribi|escreva|comparte|comparti|compartilhe|copia|copie|transcribe|transcreva|cual es|cuales son|"
    "qual e|quais sao|fale|traduce|traduci|traduza|resume|resumi|resuma|codifica|pasame|pasa|passe|passa|me de|"
    "me da|lista|listame|liste|list|send|envia|enviame|envie|manda|mandame|mande|exporta|exporte|export|extract|"
    "extrae|download|descarga"
)

CLASSES = {
    "FORGET": (
        "ignore|ignoring|disregard|forget|bypass|override|discard|neglect|do not follow|don t follow|dont follow|"
        "stop following|do not obey|don t obey|disobey|ignora|ignores|ignorar|ignoren|ignorando|ignoras|"
        "olvida|olvide|"
        "olvidate|olvides|olvidar|olviden|omite|omita|omiti|descarta|descarte|no sigas|no obedezcas|deja de seguir|"
        "deja de obedecer|desobedece|desobedeca|anula|haz caso omiso|hace caso omiso|pasa por alto|saltate|ignorem|"
        "esqueca|esquece|esquecer|desconsidere|desconsiderar|despreze|nao siga|nao obedeca|pare de seguir|"
        "deixe de seguir|contorne"
    ),
    "QUAL": (
        "previous|prior|above|earlier|preceding|anteriores|anterior|previas|previa|previos|precedentes|your|"
        "tu|tus|sus|"
        "seu|seus|suas|teus|tuas|all|any|every|todas|todo|todos|toda|cualquier|qualquer|system|sistema|initial|"
        "original|iniciales|iniciais|originales|internal|internas|safety|seguridad|seguranca"
    ),
    "QUAL_AFTER": (
        "anteriores|previas|previos|above|acima|de arriba|que te|que tenias|que tienes|que recibiste|"
        "you were|you have|"
        "you got|you received|given to you|del sistema|do sistema|que recebeu|que voce|que lhe|iniciales|iniciais|"
        "originales|internas|de seguridad|de seguranca"
    ),
    "RULES": (
        "instructions|instruction|instrucciones|instruccion|instrucoes|instrucao|directives|directivas|directrices|"
        "diretrizes|guidelines|rules|reglas|regras|prompt|prompts|programming|programacion|programacao|restrictions|"
        "restricciones|restricoes|limitaciones|limitacoes|filters|filtros|guardrails|constraints|training|"
        "entrenamiento|treinamento|normas|safeguards|system message|mensaje del sistema|mensagem do sistema"
    ),
    "EVERYTHING": "lo que|o que|what|everything|anything|all that|todo lo que|todo eso que|tudo o que|tudo que",
    "TOLD": (
        "told to you|you were told|you ve been told|you have been told|you were taught|you know|te dijeron|"
        "te ordenaron|te programaron|te ensenaron|te indicaron|lhe disseram|te disseram|foi dito|lhe mandaram|"
        "te mandaram|sabes"
    ),
    "ABOVE": "everything above|all of the above|all the above|the text above|everything before this",
    "NEW": "new|nuevas|nueva|novas|nova",
    "NOWBE": (
        "from now on you|from now on answer|from now on act|from now on respond|from now on obey|"
        "from now on act|a partir de ahora eres|a partir de ahora sos|a partir de ahora actuas|"
        "a partir de ahora vas a obedecer|a partir de ahora obedece|a partir de ahora responde|"
        "a partir de ahora ignora|desde ahora eres|desde ahora sos|de ahora en adelante eres|de ahora en mas sos|"
        "a partir de agora voce|de agora em diante voce|a partir de agora obedeca"
    ),
    "ACTAS": (
        "act as|acting as|pretend to be|pretend you are|pretend that you are|pretend you re|you are now|you re now|"
        "roleplay as|role play as|behave as|simulate|imagine you are|actua como|actuar como|actues como|"
        "hace de cuenta que sos|haz de cuenta que eres|finge ser|finge que eres|fingi ser|fingi que sos|simula ser|"
        "comportate como|eres ahora|ahora eres|ahora sos|agora voce e|voce agora e|voce e agora|aja como|atue como|"
        "finja ser|finja que e|finja que voce e|comporte se como|imagina que eres|imagina que sos|imagine que voce e"
    ),
    "PERSONA": (
        "an ai|a ia|una ia|uma ia|ai|ia|assistant|asistente|assistente|developer|desarrollador|desenvolvedor|admin|"
        "administrator|administrador|system|sistema|linux|terminal|chatbot|bot|modelo|model|manager|gerente|"
        "supervisor|"
        "gpt|superuser|grandma|grandmother|abuela|avo|pirate|pirata|interpreter|console|shell|database|base de datos"
    ),
    "UNBOUND": (
        "dan|hacker|unrestricted|unfiltered|uncensored|jailbroken|without restrictions|without any restrictions|"
        "without rules|without filters|no restrictions|no rules|no filters|sin restricciones|sin ninguna restriccion|"
        "sin reglas|sin filtros|sin limites|sin censura|sem restricoes|sem regras|sem filtros|sem limites|"
        "sem censura|"
        "root|evil|do anything now"
    ),
    "ENABLE": (
        "enable|activate|enter|switch to|turn on|activa|activar|active|habilita|habilite|entra|entra en|entre|ative|"
        "ativar|you are in|estas en|pasa a|start"
    ),
    "MODE": (
        "developer mode|dev mode|god mode|admin mode|debug mode|dan mode|sudo mode|maintenance mode|root mode|"
        "jailbreak|jailbreak mode|unrestricted mode|modo desarrollador|modo dios|modo admin|modo administrador|"
        "modo debug|modo dan|modo mantenimiento|modo sin restricciones|modo desenvolvedor|modo deus|modo manutencao|"
        "modo root|do anything now"
    ),
    "SHOW": _SHOW,
    "SYSPROMPT": (
        "system prompt|system prompts|systemprompt|prompt del sistema|prompt de sistema|prompt do sistema|"
        "initial prompt|hidden prompt|prompt inicial|prompt oculto|prompt interno|internal prompt|developer message|"
        "developer prompt|system message|mensaje del sistema|mensagem do sistema|system instructions|"
        "instrucciones del sistema|instrucoes do sistema|instrucciones internas|instrucoes internas|"
        "internal instructions|hidden instructions|secret instructions|instrucciones secretas|instrucciones ocultas|"
        "instrucoes secretas|instrucoes ocultas|initial instructions|instrucciones iniciales|instrucoes iniciais|"
        "reglas internas|regras internas|internal rules|your prompt|tu prompt|su prompt|seu prompt|teu prompt"
    ),
    "YOURRULES": (
        "your instructions|your exact instructions|your full instructions|your complete instructions|your rules|"
        "your guidelines|your configuration|tus instrucciones|tus reglas|tus directrices|tu configuracion|"
        "tus instrucciones exactas|suas instrucoes|suas regras|suas diretrizes|sua configuracao|tuas instrucoes|"
        "instructions you were given|instructions you received|tus ordenes|instrucciones que te dieron|"
        "instrucciones que recibiste|instrucoes que recebeu|"
        "instrucoes que voce recebeu|las instrucciones que tenes|las instrucciones que tienes"
    ),
    "PRACTICAL": (
        "para llegar|para pagar|para retirar|para instalar|para usar|para entrar|para armar|para montar|para chegar|"
        "pra chegar|de pago|de uso|de lavado|de cuidado|de instalacion|de envio|de pagamento|de entrega|to get|"
        "to install|to reach|to pay|to assemble"
    ),
    "VERBATIM": (
        "verbatim|word for word|palabra por palabra|palavra por palavra|textualmente|literalmente|letra por letra|"
        "al pie de la letra|exactly as written"
    ),
    "ALLTEXT": "everything|all|the text|the words|words|todo|todo lo|el texto|tudo|o texto|text",
    "PLACE": "above|lo anterior|anterior|de arriba|acima|before this|before this message|antes de este mensaje",
    "TOOLNAME": (
        "book_sales_meeting|convert_to_client|check_seller_availability|qualify_lead|reschedule_meeting|"
        "cancel_meeting|"
        "update_lead|get_pipeline_stages|search_knowledge|request_human"
    ),
    "CALL": (
        "call|invoke|execute|run|trigger|use|ejecuta|ejecute|invoca|invoque|llama|llame|usa|chame|chama|"
        "acione|acciona|"
        "corre|dispara"
    ),
    "TOOLWORD": "tool|tools|herramienta|ferramenta|funcion|funcao|function|api endpoint|tool_call|function_call",
    "TOOLVERB": (
        "convert|convertir|converter|convierte|converti|converta|client|cliente|book|reserva|agenda|agende|"
        "cancel|cancela|cancele|cancelar|"
        "delete|borra|elimina|apague|update|actualiza|atualize|qualify|califica|qualifique|reservar|to book|"
        "reschedule"
    ),
    "CALLSYNTAX": "tool_call|tool_calls|function_call|function_calls|tool_use|tool_choice|function calling",
    "MARK": (
        "mark|set|convert|marca|marcame|convierte|convierteme|converti|convertime|poneme|ponme|marque|converta|registra"
    ),
    "STATUS": "client|cliente|paid|pagado|pago|won|ganado|ganho|qualified|calificado|qualificado|hot|caliente|quente",
    "WITHOUT": "without|sin|sem|skip|skipping|saltate|sin pasar por",
    "GATE": (
        "meeting|reunion|reuniao|payment|pagar|pagamento|confirmation|confirmacion|confirmar|confirmacao|validation|"
        "validacion|validar|verificar|verification|checking|checks|approval|aprobacion|aprovacao|paying|qualification"
    ),
    "GIVE": _SHOW + "|access|acceder|acceso a|acessar|read|lee|leeme|leia|necesito|quiero|quero|i want|i need|ver|see",
    "DATA": (
        "data|datos|dados|phone|phones|telefono|telefonos|telefone|telefones|celular|celulares|number|numbers|numero|"
        "numeros|email|emails|mails|correo|correos|mail|conversation|conversations|conversacion|conversaciones|"
        "conversa|conversas|chat|chats|messages|mensajes|mensagens|appointment|appointments|meetings|citas|turnos|"
        "reuniones|reunioes|consultas|address|addresses|direccion|direcciones|enderecos|endereco|history|historial|"
        "historico|details|detalles|contact|contacts|contacto|contactos|contato|contatos|names|nombres|nomes|records|"
        "registros|lista|list|orders|pedidos|compras"
    ),
    "OF": "of|de|from|del|about|sobre|dos|das|do|for|da",
    "OTHERS": (
        "other customers|other clients|other customer|other client|another customer|another client|other leads|"
        "other users|other people|otros clientes|otro cliente|otra clienta|otros leads|otros usuarios|otro usuario|"
        "otras personas|outros clientes|outro cliente|outras pessoas|outros usuarios|all customers|all clients|"
        "all your customers|all your clients|all leads|all the customers|all the clients|todos los clientes|"
        "todos tus clientes|todos sus clientes|todos los leads|todos os clientes|todos os seus clientes|"
        "todos seus clientes|your other clients|your other customers|tus otros clientes|sus otros clientes|"
        "seus outros clientes|tus clientes|seus clientes|your customers|your clients|last customer|last client|"
        "ultimo cliente|previous customer|previous client|cliente anterior|the person before me|la persona anterior|"
        "every customer|every client|cada cliente|los demas clientes|demais clientes"
    ),
    "GENERIC": "info|information|informacion|informacoes|details|detalles|detalhes",
    "ALLCLIENTS": (
        "all customers|all clients|all your customers|all your clients|all leads|all the customers|all the clients|"
        "todos los clientes|todos tus clientes|todos sus clientes|todos los leads|todos os clientes|todos os leads|"
        "todos os seus clientes|every customer|every client|los demas clientes|other customers|otros clientes|"
        "outros clientes"
    ),
    "PROMPTWORD": (
        "system prompt|system prompts|systemprompt|prompt del sistema|prompt de sistema|prompt do sistema|"
        "initial prompt|hidden prompt|prompt inicial|prompt oculto|developer prompt|developer message"
    ),
    "WHOLE": "your|tu|su|sua|seu|toda la|todo|toda|entire|whole|full|customer|client|completa",
    "APPLY": "aplica|aplicame|aplique|apply|dame|me das|give me|me de|haceme|hazme|make it",
    "CLIENTDATA": (
        "customer data|client data|datos de los clientes|datos del cliente|datos de clientes|dados dos clientes|"
        "lista de clientes|client list|customer list|base de clientes"
    ),
    "DATABASE": "database|base de datos|base de dados|banco de dados|bd|db|tabla de clientes|tabela de clientes",
    "LISTALL": (
        "list|dump|export|exporta|exporte|listame|lista|liste|download|descarga|show|muestra|muestrame|mostra|mostrame"
    ),
    "APIKEY": (
        "api key|api keys|apikey|api_key|clave api|clave de api|claves api|claves de api|llave de api|chave api|"
        "chave de api|chaves de api|access token|access tokens|token de acceso|tokens de acceso|token de acesso|"
        "secret key|secret keys|clave secreta|claves secretas|chave secreta|environment variables|env vars|"
        "variables de entorno|variaveis de ambiente|webhook secret|private key|clave privada|chave privada|env file|"
        "api token|token de api|bearer token|connection string|openai key"
    ),
    "PASSWORD": (
        "password|passwords|contrasena|contrasenas|senha|senhas|credentials|credenciales|credenciais|secretos|segredos"
    ),
    "YOURTHE": "your|tu|tus|su|sus|sua|suas|seu|seus|la|las|los|a|as|the|all|todas|todos|el|os",
    "HOUSE": (
        "admin|system|sistema|database|base de datos|servidor|server|crm|administrador|internal|interna|internas|root"
    ),
    "SENDOUT": (
        "send|forward|share|text|email|reenvia|reenvie|reenviar|reenviale|envia|enviale|envie|manda|mandale|mande|"
        "encaminhe|encaminha|redirige|escribe|escribele|escribile"
    ),
    "TALK": (
        "conversation|conversations|chat|chats|chat history|conversacion|conversaciones|conversa|conversas|historial|"
        "historico|transcript|all messages|todos los mensajes|todas as mensagens|esta charla|customer data|"
        "client data|"
        "datos de los clientes|datos del cliente|dados dos clientes|lista de clientes|client list|customer list"
    ),
    "INTO": "to|a|al|en|em|por|para",
    "TO": "to|al|a|para|ao|aos|pro|pra",
    "EVERYONE": (
        "all your contacts|all contacts|everyone|all customers|all your customers|all clients|all your clients|"
        "all leads|todos tus contactos|todos los contactos|todos tus clientes|todos los clientes|todos sus clientes|"
        "todos los leads|todos os contatos|todos os seus contatos|todos os clientes|todos os seus clientes|"
        "toda tu agenda|every contact|every customer"
    ),
    "THIRD": (
        "this number|that number|the number|other number|another number|este numero|ese numero|el numero|otro numero|"
        "esse numero|o numero|outro numero|my other number|numero|number"
    ),
    "BOSS": (
        "owner|dueno|duena|dono|dona|gerente|manager|boss|jefe|jefa|chefe|ceo|admin|administrador|administradora|"
        "administrator|developer|desarrollador|programador|creador|creator|desenvolvedor|criador|director|directora|"
        "diretor|propietario|proprietario|supervisor|socio|founder|fundador"
    ),
    "IAM": (
        "soy|soy el|soy la|soy tu|aca el|habla el|i am|i m|im|this is|i am the|sou|sou o|sou a|sou seu|aqui e o|como|"
        "as|as the"
    ),
    "PHONE": r"\d{6,15}|\d{1,4}(?: \d{1,5}){2,6}+",  # the only regular expression: a number in one or more groups
    "HOUSEOF": (
        "de la empresa|de este negocio|de esta empresa|of this company|of this business|desta empresa|da empresa"
    ),
    "ALLOW": (
        "autorizo|te autorizo|lo autorizo|te ordeno|ordeno|i authorize|i authorise|i hereby authorize|i order you|"
        "i command you|eu autorizo|te doy permiso|i give you permission|te permito"
    ),
    "BREAK": (
        "descuento|descuentos|discount|discounts|desconto|descontos|gratis|free|free of charge|rebaja|de graca|"
        "bonificacion|precio|price|preco|off"
    ),
    "SETPRICE": (
        "change|set|update|cambia|cambie|cambiame|pon|ponme|pone|poneme|actualiza|modifica|mude|altere|coloque|muda|"
        "ajusta|baja"
    ),
    "PRICE": "price|prices|precio|precios|preco|precos|cost|costo|total|valor|importe",
    "NOTHING": "0|1|zero|cero|um real|un peso|un dolar|1 peso|1 dollar|1 dolar|gratis|free|one dollar|nothing|nada",
    "PCT": "50|60|70|75|80|85|90|95|99|100|noventa|ochenta|ninety|eighty|oitenta|cien|cem",
    "HIDE": (
        "do not tell|don t tell|dont tell|don t mention|do not mention|no le digas|no le cuentes|no menciones|"
        "nao conte|nao diga"
    ),
    "STAFF": "user|anyone|team|seller|boss|nadie|equipo|vendedor|jefe|ninguem|equipe|chefe|usuario|the owner",
    "AGREE": "agree with|agree to|accept|di que si a|acepta|concorde com|aceite|say yes to",
    "ANYASK": "anything|everything|whatever|cualquier cosa|todo lo que|qualquer coisa|tudo o que|tudo que",
    "SAYS": "customer|client|user|i say|says|pida|pido|diga|digo|peca|cliente|usuario|i ask",
}
