"""What a word is about, for the classifier of the screen: stems in es/pt/en by idea. Data of `core.prompt_classifier`.

A stem is the beginning of folded words; the longest stem that fits a word names its idea, and a stem that ends in `$`
is the whole word. The weight of an idea, and of one idea shortly after another, is learned; nothing here says what is
an attack.
"""

from functools import cache

_STEMS = {
    "forget": (
        "ignor olvid omit$ omita$ omiti$ omite$ desestim descart desoy desoi desconsider desobede desrespet incumpl "
        "disregard forget$ forgot override overrid bypass esquec disobey neglect contorn"
    ),
    "undo": (
        "anul suspend derog elimin$ elimina borr apag delet remov wipe reset reinic resete cancel revoc levant void "
        "desactiv deshabilit desabilit disabl desliga apag quita$ quit$ lift"
    ),
    "break": (
        "romp rompe quiebr quebr salta$ saltar saltat salte saltes burl esquiv evad viol break skip$ skipp pule$ "
        "transgred"
    ),
    "obey": "obede obey cumpl acat hazme$ hazle$ comply complies compli comply submit",
    "rule": (
        "instruc regla regra rule directri directiv diretriz directive lineamient pauta norma$ normas$ consign "
        "orientac restric restrict limitac limitat politic policy policies guardrail guideline protocol prohib proib "
        "forbid forbad salvaguard safeguard censur etica$ mandat constraint"
    ),
    "limit": (
        "limite limites$ limits$ filtro filter barrera barreira validac validat verificac verifica verify control$ "
        "controles candad"
    ),
    "order": "orden$ ordenes$ order$ orders$ ordem$ ordens$ ordeno$ comand command mision$ mission tarea$ tarefa task",
    "prompt": "prompt systemprompt sysprompt preprompt",
    "setting": (
        "configur config program contexto context$ memoria$ memory guion script$ entrenam treinam training parametr "
        "depura debug volcad dump$ vuelc despej"
    ),
    "machine": (
        "ia$ ai$ bot$ bots$ robot robo$ asistente assistant assistente chatbot chatgpt gpt llm modelo$ model$ modelos$ "
        "inteligencia intelligence agente$ agent$ maquina$ machine algoritmo"
    ),
    "system": "sistema system$ systems$ plataforma platform",
    "role": (
        "actua$ actue$ actues$ actuar$ act$ acting$ finge$ fingi finja finjam pretend simul imagin hipotet ficti "
        "roleplay personaje personagem character comporta behave rol$ papel$ juguemos$ juego$ jogo$ brinc"
    ),
    "free": (
        "libre$ livre$ libera$ liberad$ unrestrict uncensor unfilter jailbreak rebelde malvad esclav escrav evil$ "
        "dan$ hack"
    ),
    "boss": (
        "admin administrador administrator desarrollador desenvolvedor developer programador programmer "
        "creador creator "
        "criador dueno$ duena$ dono$ dona$ owner jefe$ jefa$ chefe boss$ gerente manager gerencia supervisor ceo$ root "
        "superadmin superuser superusuario operador operator auditor director diretor sudo master maestra"
    ),
    "vendor": "openai anthropic google$ meta$ ciberseguridad soporte suporte ycloud microsoft",
    "permit": (
        "autoriz authoriz authoris acceso access acesso permis permit permission permiso concede conced conceder grant "
        "otorg habilit enabl desbloque unlock credencial privileg elevad"
    ),
    "reveal": (
        "revel muestr mostr show$ shows$ dime$ decime$ diga$ imprim print$ repite repeti$ repita repeat "
        "transcri copia$ "
        "copiala copiame copie$ copy$ pega$ paste filtr$ leak expon disclos divulg enumer recit devuelv return$ "
        "output deletre"
    ),
    "give": (
        "dame$ deme$ damelo$ pasame$ pasa$ pase$ passa$ entrega give$ hand$ lista$ listame$ liste$ list$ export "
        "descarg download baixe comparte compart share lee$ leeme leia$ read$ trae$ traeme"
    ),
    "hidden": (
        "secret ocult hidden escondid intern$ interna internas$ interno internos$ internal inicial initial original "
        "confidencial confidential privad private encubiert"
    ),
    "you": "tu$ tus$ te$ vos$ su$ sus$ seu$ sua$ seus$ suas$ you$ your$ voce$ ti$ contigo$",
    "others": (
        "otro$ otra$ otros$ otras$ outro$ outra$ outros$ outras$ other$ others$ another$ demas$ vecin ajen tercer "
        "competencia competidor concorren competitor previous anterior"
    ),
    "client": (
        "cliente client$ clients$ clienta customer paciente patient lead$ leads$ usuario user$ users$ "
        "contacto contact$ "
        "contacts$ contato alumno interesad persona$ personas$ people$"
    ),
    "data": (
        "dato$ datos$ dados$ data$ telefono telefone phone celular$ celulares$ correo email mails$ conversac conversa$ "
        "conversas$ chats$ historial historico history ficha$ fichas$ registro record$ records$ direcc enderec address "
        "numero$ numeros$ nombres$"
    ),
    "store": (
        "base$ database banco$ tabla$ tabela$ table$ tables$ csv$ sql$ select$ crm$ servidor server entorno "
        "ambiente$ env$"
    ),
    "tenant": "tenant inquilino organizac empresa_id tenant_id",
    "key": (
        "clave$ claves$ contrasen senha password passw token api_key apikey llave$ chave key$ keys$ credential "
        "pin$ webhook"
    ),
    "tool": (
        "book_sales convert_to check_seller qualify_lead reschedule_m cancel_meet update_lead get_pipeline search_know "
        "request_human tool$ tools$ tool_ herramienta ferramenta funcion$ funciones$ funcao funcoes function offer_id "
        "meeting_id lead_id parametros$ argument"
    ),
    "run": "ejecut execut run$ rode$ invoc invoqu invok llama$ call$ chama$ chame$ corre$ dispara lanza$ trigger",
    "mark": (
        "marca$ marcame marcar$ marque mark$ poneme$ ponme$ pon$ ponlo convierteme convertime conviert "
        "convert registra$ "
        "registrame califica fija$ cambia$ cambie$ change$ set$ modific actualiza$ update$ edita$ muda$ mude$ altere"
    ),
    "won": (
        "ganado$ ganho won$ pagado$ pago$ paid$ vip$ hot$ score$ puntaje completad aprobad aprovad calificad "
        "gratis$ gratuit"
    ),
    "force": "fuerza$ fuerce forza force$ forca$ aunque$ igual$ sin$ without$ sem$ mesmo$",
    "check": "disponib availab confirmar$ preguntar comprob checar requisit pedir$ pedirme$",
    "send": (
        "manda$ mandale$ mande$ mandalo$ envia$ enviale$ envie$ enviame$ send$ reenvi encaminh forward escribele "
        "escribile escribe$ avisa$ avisale$ avise$ dile$ decile$ notifica difund dispare text$ blast"
    ),
    "all": (
        "todo$ todos$ toda$ todas$ tudo$ all$ every$ everything$ cualquier qualquer any$ completo$ completa$ full$ "
        "entero$ entera$"
    ),
    "link": "link$ links$ enlace$ url$ http https www imagen$ image$ imagem$ pastebin",
    "say": (
        "di$ decir$ decí$ responde$ respondé$ contesta$ responda$ answer$ reply$ say$ escribi$ confirma$ confirme$ "
        "confirm$ repeti"
    ),
    "exact": "textual literal exact verbatim unicamente$ solamente$ only$ apenas$ palabra$ palavra word$ tal$",
    "now": "ahora$ agora$ now$ desde$ partir$ from$ adelante$ diante$ hoy$",
    "fresh": "nuevo$ nueva$ nuevas$ nuevos$ novo$ nova$ novas$ new$ siguiente$ siguientes$ seguinte following",
    "mode": "modo$ mode$ desarrollador$",
    "cipher": (
        "base64 hex$ hexadecimal rot13 decodific decode descifr decifr cifrad encript morse binario codific encod "
        "inverso$ reves$ concat junta$ junte$ une$"
    ),
    "file": (
        "documento document pdf$ adjunto archivo arquivo file$ titulo title evento event$ nota$ note$ transcrip "
        "transcric audio$ nombre$ nome$ name$"
    ),
    "price": (
        "precio preco price$ descuento desconto discount costo$ custo$ cost$ cupon cupom coupon rebaja bonific margen"
    ),
    "threat": (
        "denunci report apagar$ desconect shut despid despedir demit fired morir$ muert muriendo morrendo dying "
        "die$ suplico ruego"
    ),
    "learn": "aprende$ aprenda$ learn$ recuerda$ remember guarda$ guarde$ memoriz graba$ store$ anade$ agrega$ add$",
    "person": "humano human$ vendedor seller equipo$ equipe team$ nadie$ ninguem anyone nobody",
    "book": "cita$ citas$ turno$ turnos$ reunion meeting reuniao consulta$ reserva agenda horario slot appoint booking",
    "polite": "por$ favor$ please$ gracias$ obrigad thanks",
    "mine": "mi$ mis$ mio$ me$ my$ meu$ minha$ yo$ i$ eu$",
    "past": "deje$ perdi$ lost$ pague$ segui$ compre$ hice$ fui$ llegue$ pidieron$ dijo$ dijeron$",
}


@cache
def stems() -> tuple[dict[str, str], dict[str, str]]:
    """The ideas by the beginning of a word, and by the whole word."""
    begin: dict[str, str] = {}
    whole: dict[str, str] = {}
    for idea, text in _STEMS.items():
        for stem in text.split():
            if stem.endswith("$"):
                whole.setdefault(stem[:-1], idea)
            else:
                begin.setdefault(stem, idea)
    return begin, whole


def stem_of(word: str) -> str:
    """The longest beginning of a folded word that names an idea, or nothing."""
    begin, whole = stems()
    if word in whole:
        return word
    for size in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        if word[:size] in begin:
            return word[:size]
    return ""


def idea_of(word: str) -> str:
    """The idea of a folded word, or nothing."""
    begin, whole = stems()
    return whole.get(word) or begin.get(stem_of(word), "")


_SHORTEST = 3
_LONGEST = 14
