"""Common words of Spanish, Portuguese and English, and how they end. Data of `core.prompt_mending`.

Folded; verbs as they stand in a dictionary. They say nothing about attacks: what is a word is not mended into another.
"""

# What stands behind the root of a verb, and what behind a whole word or one without its last vowel.
_BEHIND_VERBS = (
    "o a e as es an en em am ar er ir ando iendo endo indo ado ada ados adas ido ida idos idas "
    "amos emos imos aba abas aban abamos ia ias ian iamos aste iste aron ieron io ou ei eu iu aram eram iram ava "
    "avam are ara aras aran aremos era eras eran eria erian ira iran iria aria arian ase iera ieran asse esse "
    "arme arte arse arnos arlo arla arlos arlas arle arles erme erse erlo erla erlos erlas erle irlo irla irle "
    "ame ate ale alo ala anos enos eme elo ela dor dora dores"
)
_BEHIND_WORDS = (
    "s es o a e os as ito ita itos itas illo illa inho inha ote isimo isima mente cion ciones oes ao al ales "
    "ed ing er ers ly ies y est d r"
)
VOWELS = frozenset("aeosy")

_WORDS = """
able about above abrir acabar acaso accept account aceitar aceptar acerca acercar achar acompanar aconsejar acontecer
acordar across act actividad actual acuerdo add address adelante ademas adentro adonde adorar advice afford afraid
after afternoon afuera again against age agendar ago agora agradecer agree agua aguantar ahead ahi ahora ahorrar ainda
air aire ajudar alcanzar alegrar alem alergia alfombra algo algodon alguem alguien algum alguno all alla allergy alli
allow almorzar almost alone along alquilar already also alto alugar alumno aluno always amable amanha amar amazing
amiga amigo among amor amount ancho andar anillo animal aniversario anniversary announce ano anotar another answer
anterior antes antibiotico antiguo anuncio any aparato aparecer apartamento aparte apartment apenas aplicar apoyar
appear apple apply appreciate aprender april aprovechar aproveitar aquel aqui arbol area areia arete argolla argue arm
armario aro around arrange arreglar arriba arrive arrumar art asado asistir ask aspiradora assim assistir assume
asunto asustar ate atencion atender atras atrasar attach attend august aula aumentar aun aunque auto autumn avaliar
avanzar avenida avenue average averiguar avisar avo avoid away ayer ayuda ayudar azucar azul baby back bad bag bailar
bairro baixo bajar bake balance balcon baldosa ball banar banco band banda banheiro bank bano barato barba barco
barrio bastante bater bateria bath bathroom batir battery beach beautiful bebe beber because become bed bedroom beer
before begin behind beijo bela believe bello below belt bem beneficio besar beside best better between bicicleta
bicycle bien big bike bill bird birthday bisagra bit black blanco blood blue boa board boat boca boda body bolo bolsa
bolso bom bonito book boot bordado both boton bottle bottom box boy braco branco brand brazo bread break breakfast
breve brincar bring broken brother brown budget bueno build burn bus buscar business busy but buy caballo cabeca
cabello cabelo cabeza cabina cabo cachorro cada cadeira caer cafe cair caixa caja cake calca caldera calefon calentar
calidad caliente call calle calor calzado cama camara cambiar camera caminho camino camion camisa camiseta campo
cancel cancha candle caneta canilla cansado cantar cantidad capital car cara card care careful carne caro carpet
carpeta carpintero carrera carro carry carta cartao cartel cartera casa casado casamento casar case cash casi caso cat
catalogo catch causa cedo ceiling celular cemento cena cenar center centro cepillo cerca cerradura cerrar certain
certo ceu chair chamar champu chance change chao chapa chaqueta charge chave cheap check cheese chegar cheio cheiro
chica chicken chico child children chocolate choose chover christmas church chuva cidade cielo cierre cierto cima
cinco cinta cirugia city ciudad claro clase class clean clear cliente clima clinic clinica clock close clothes coat
cobrar coche cocina cocinar coffee coisa colchon cold colega colegio collar college colocar color com comanda combinar
come comecar comedor comentar comenzar comer comfortable comida como comodo companero company comparar compare
compartir complain complete completo comprar compreender comprobante compromisso computador computadora computer comum
comun comunicar concern concordar condominio conejo confirm congelar conhecer conocer conseguir conservar consider
construir consultar conta contact contado contador contain contar contento contestar continuar continue contra
contract contrato conversar cook cool copa copo copy cor coracao corazon corbata cordon corner corpo correct correr
corrigir cortadora cortar corte cortina corto cosa cosechar cost costar costas costo costumbre costurar cotton could
count country couple course cousin cover cozinha cozinhar cream crear create crecer credit credito creer crema crianca
criar cross cuadra cuadro cual cualquiera cuando cuanto cuarto cubrir cuchara cuchillo cuenta cuento cuero cuerpo
cuidar culpa cumpleanos cumplir cuna cuota cup curar curious current curso curtain custar custom cut daily damage
dance daqui dar dark data date daughter day dead deal dear debaixo deber debito decide decidir decir dedicar dedo deep
degree deixar dejar dela delante delay dele delgado deliver delivery demais demasiado demora demorar dentist dentista
dentro departamento depend dependencia depois deposit deposito derecho derivar desague desarmar desayuno
descansar descargar descer desconto describe desculpa desde desear design desk despacho despacio despedida despertar
despues destino detail detalle detras devagar dever devolver dia diagnostico diario dibujar die diente diet
dieta diferencia diferente different difficult dificil dinero dinheiro dinner diploma direccion direito dirigir dirty
disco disculpar discuss disenar disfrutar dish dizer doble doce doctor doente dog dolor domicilio domingo donde door
dor dormir double doubt doutor down dream dress drink drive drop dry ducha ducharse dudar due dulce durante durar
during duro duvida each ear early earn east easy eat economico edad edge edificio efectivo egg eight either ejemplo
ejercicio ela ele electric electricista electrico elegir elevator ella ellos else email embalar embarazada embarazo
embora emergency empezar empleado emprego empresa empty encantar encargar enchufe encima encomienda encontrar end
endereco enero enfermo enganche engine english enjoy enojar enough enquanto ensenar ensinar entao entender enter
entero entire entonces entrada entrar entre entregar envase enviar envio equal equipe equipo errado error escada
escalera escola escolher esconder escrever escribir escritorio escuchar escuela escutar espacio espalda especial
especially espejo esperar esposa esposo espuma esquecer esquina esse estacao estacion estado estar este estetica
estilo estimate estudar estudiar estufa etiqueta even evening event evento ever every evitar exact exacto exame examen
example excelente excellent except exchange exemplo existir expect expensive experience explain explicar extra
extranar eye fabric fabrica face facil fact factura fail fair falar fall falta faltar familia family famoso famous far
farm farmacia fast father fault favor fazer february fecha fechar fee feed feel feira feliz feria feriado ferias festa
few fiambre ficar fiebre field fiesta fifteen fight figure filha filho fill filtrar fim fin final find fine finger
finish fino fire firmar first fish fit five fix flaco flat flight floor flor florero flower fly focus follow fome
fondo food foot for fora foreign forever form forma formulario forte forward foto four free freeze freno frente fresco
fresh friday friend frio from front fruit fruta fuego fuera fuerte fuga full fumar fun funcionar funda furniture
further future futuro galleta game ganar ganas ganhar garage garaje garantia garden gas gasista gasoil gastar gasto
gate gather gato general gente get gift gimnasio girl give glad glass goal gold goma good gordo gostar goteo grabar
graca gracias grado grand grande granito grass gratis grave great green grey gripe gris gritar ground group grow grupo
guante guapo guarantee guardar guess guest guia guide gustar haber habitacion hablar hacer hacia hair half hall hambre
hand handle happen happy hard harina hasta hat hate have haver head health hear heart heat heavy height heladera
helado hello help her here herida hermano hermoso hers hierro high hijo hill hilo him his historia hit hogar hoja hoje
hola hold holiday hombre home homem honest hope hora horario horno horse hospital hot hotel hotelero hour house how
hoy huevo huge human hundred hungry hurry hurt husband ice idade idea ideia idioma igreja igual ill imagine imovel
important importante importar importe imposto impresora imprimir include incluir incluso increase indeed informacion
informar information ingles ingreso iniciar inicio inmueble inodoro inquilino inscribir inside instalar instante
instead insurance intentar interes interesar interessar interest internet interview into inverno invierno invitar
invite invoice irma irmao isso issue isto item jabon jamais jamas janeiro janela jantar january jardim jardin job
joelho jogar jogo join joke jovem joven joya juego jugar jugo july jump june juntar junto just justo keep key kid kilo
kind kitchen knee knife knock know lado lady lamp lampara lana land language lapiz laptop large largo last late laugh
laundry lavadora lavar lavarropas law lead leak learn leather leave leche leer left leg legal leite lejos lembrar lend
lengua lente lento ler less let letter levantar levar level libro licencia lie life lift light like limpar limpiar
limpieza lindo line lingua linha list lista listen listo little live livro llamar llanta llave llegar llenar lleno
llevar llorar llover lluvia loan local loco logo loja lojista long longe look lose lot love low loza luck luego lugar
luminaria luna lunch lunes luz maceta machine madeira madera madre mae mail main maio maior mais make mal mala malo
mama man manage mandar manejar manera manha mano mantener manter many manzana mao map maquillaje maquina mar marca
march marco marido mark market marron marry martes mas masa masaje mascota match materia material matrimonio matter
may maybe mayor mayoria mayorista meal mean measure meat mecanico media medical medicine medico medida medio medir
medo meet meia mejor mejorar melhor member menina menino menor menos mensagem mensaje mensual mente menu mercado mes
mesa mesada mesmo message metade meter method metro meu mexer mezclar microondas middle miedo mientras miercoles might
mile milk mind minha minorista minute minuto mirar mismo miss mistake mitad mix moca mochila moco moda model modelo
molde molestar moment momento monday moneda money montar month morar more morir morning morrer most mostrar mother
moto motocicleta motor mouth move mover movie much mucho mudar mueble muela muestra muito mujer mulher mundo muro
music musica must muy nacer nada nadar nadie nafta name namorado nao naranja nariz narrow nascer natal near necesario
necesitar necessario neck need negocio negro neighbor neither nena nene nenhum nervioso neta never new news next nice
nieto night nine ninguem ninguno nino nobody noche noise noite noivo nombre nome none noon normal north nose nosso not
note notebook nothing notice noticia nova novio novo now nuera nuestro nuevo number numero nunca nurse object objeto
obra obrero obrigado ocasion october octubre ocupar ocurrir odd oferecer oferta off offer office oficina ofrecer often
oido oil oito ojo old olhar olho olor once onde one onibus only ontem opcao opcion open operar operate opinion
oportunidad option oracion orange orcamento ordem orden order oreja orelha original oro ortodoncia oscuro oso other
otimo otono otro our ouro out outono outro outside ouvir ovalado oven over own paciente pack padre pagamento pagar
page pagina pago pai pain paint pair pais pala palabra palavra paleta pan panadero panal pandemia panela pantalon pao
papa papel paper paquete par para parar parcela parcial parecer pared parede pareja parent park parque parrilla part
parte participar partido partir party pasado pasaje pasaporte pasar pascua pasear paso pass passagem passar passeio
passport past pastel pastor patente patient patio pay peace peca pechuga pedido pedir pegar peinado peito
peixe pelar pele pelicula pelo pelota peluqueria pen pena pensar people peor pepper pequeno perder perdon perfect
perfecto perfeito perfume perguntar perhaps permitir perna pero perro persiana person persona perto pesado pesar pesca
pescado peso pessoa pet phone photo picar pick picture pie piece piedra piel pierna pieza pileta pill pink pintar
pintor pintura pipe piscina piso placa place plan plancha plane plant planta plastic plastico plata plate plato play
playa plaza plazo please plenty plomero plus pneu pobre pocket poco podar poder point police policia pollo polvo poner
ponto pool poor popular por porque porta portatil portero porto posible posponer possible possivel post postre pouco
pound pousada power practica practice praia prato prazer prazo precio precisar preco prefer preferir pregnant pregunta
preguntar premio prenda preocupar preparar prepare presenca present presentar presente presion press prestamo
prestar presupuesto pretty prevent price primavera primeiro primero primo principio print private prize probably
probar problem problema procurar produce product producto produto profesor professor profundo program programa
prometer promise pronto proper propiedad propio proprio protect proud prova prove proveedor provide proximo prueba
public publico puerta puerto puesto pull punto puntual purchase purple purpose push put quadro qual qualidade quality
quando quanto quarter quarto quase quatro que quedar queijo queixo quejar quem quente querer queso question quick
quien quiet quilo quimico quince quintal quitar quite quiza quote race radio rain raise ramo rapaz rapido raro rather
rato raya razao razon reach read ready real realizar realmente reason rebaja receber receipt receita receive recent
recepcion receta recibir recibo recien reclamar reclamo recoger recomendar recommend record recordar recorrer red
redondo reembolso refeicao referir reforma refresco refund regalar regalo regar regard regiao regla regresar regular
reir reja relacion relate relax reloj remedio remember remera remind remove rendimento rendir renovar rent repair
reparar repartir repeat repetir replace reply report representar repuesto require resena reserva resfriado resolver
responder resposta respuesta rest restaurant restaurante resto result resultado retirar return reuniao reunir rever
revisar rice rich rico ride riego riesgo right ring rio rise risk river road roda rodilla rojo roof room ropa rosa
rosto roto round roupa row rua rubber rubio rueda ruido rule run ruta sabado sabana saber sabor sacar sad safe sair
sala salado salao saldo sale salir salon salsa salt saltar salto salud saludar same sand sangre sano santo sapato
sarten sastre saturday saude save say school sea seat secar seco second section sector seda see seem seguinte seguir
segunda segundo seguro sell sello semana semilla sempre sena senal send senhor senor senora sense sentar sentir
separar separate september ser serio serious serve service servicio servico servilleta servir sesion set sete seven
several shade shape share sharp she sheet shelf shine ship shirt shoe shoot shop short should shoulder show shower
shut sick side siempre sierra sight siglo sign significar silicona silla sillon silver sim similar simple simples sin
sinal since sing single sink sino sir sister sit sitio six size skin sleep slow small smart smell smile smoke snow
soap sobre sobrinho sobrino social socio sock sofa soft sogra soil sol solamente sold soldar soler solo solucion
sombrero some son sonar song sonrisa soon sorpresa sorry sort sotano sound soup south sozinho space speak special
speed spell spend spoon spot spring square stairs stand star start state station stay steel step still stock stomach
stone stop store storm story straight strange street strong student study style suavizante subir subject suceder such
sucursal suegra suela sueldo suelo sueno suerte suffer sufrir sugar suggest suit sujo sumar sumir summer sun sunday
super superior suplemento suponer supply support suppose supuesto sure surface surpresa surprise surtido sweet swim
table take tal talk tall talla taller talvez tamanho tamano tambem tambien tampoco tanque tanto tapa tapizar
tardar tarde tarea tarjeta taste tatuaje tax taxa taza tea teach team techo tecnico tejado tela tele telhado tell
telon tempo temprano ten tender tener tenis tentar ter terca tercero termico terminar ternero terra terreno test
textil than thank that the their them then there these they thick thin thing think third thirty this those though
thousand three throw thursday tia ticket tie tiempo tienda tierra tight timbre time tinta tinte tiny tio tipo tirar
tired toalla tocar todavia today todo together toldo tomar tomorrow tonight too tooth top torneira tornillo torta
tostar total touch tour toward town toy trabajar trabajo trabalhar trabalho track trade traer traffic train traje
tramite tranquilo traslado tratamento tratamiento tratar travel trazer treat tree trenza tres trip triple triste
trocar trouble truck true trust try tubo tudo tuerca tuesday tumba turma turn turno twelve twenty twice two type
ubicar ugly ultimo una uncle under understand unico unidad unit universidad until upon upset urbano urgent urgente
usar use uso usted usual util vaca vacaciones vacation vacio vacuna vaga vajilla valer valija valor value van vapor
varios various vaso vazio vecino vegetable vehiculo vela velho vencer vendaje vender venir venta ventana ventilador
vento ver verano verao verdad verdade verde verdura vermelho very vestido vestir veterinario vez viagem viajar viaje
vida vidriera vidrio vidro viejo viento viernes view vigente village vinho vino vir virus visit visita visitar vista
vitamina viver vivienda vivir vizinho voar voce voice volante voltar volver vontade voo voz vuelta wait walk wall want
warm warn warranty wash waste watch water wave way weak wear weather wedding wednesday week weekend weigh weight
welcome well west wet what wheel when where whether which while white who whole why wide wife wild will win wind
window wine winter wish with within without woman women wonder wood wool word work world worry worse worth would wrap
write wrong xicara yard year yellow yerno yes yeso yesterday yet yoga young your zapateria zapatilla zapato zero zona
"""

VERB_ENDINGS = frozenset(_BEHIND_VERBS.split())
WORD_ENDINGS = frozenset(_BEHIND_WORDS.split())
COMMON = frozenset(_WORDS.split())
