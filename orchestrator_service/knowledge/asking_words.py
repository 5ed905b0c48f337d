"""The words of `asking.py`: those that every question has, and those that mean the same. Folded."""

from __future__ import annotations

from typing import Final

# Words of which a question says nothing, by language.
SILENT: Final[dict[str, str]] = {
    "es": """
        ayudar ayuda ayudas ayudame ayudarme dejas deja hablas habla escribe escribes
        a al algo alguien alguna alguno algun ahi alli aqui asi aun aunque bien buen buena buenas buenos
        cada como con conmigo cosa cual cuales cualquier cuando cuanta cuantas cuanto cuantos de del dan das
        decir dia dias dijeron donde dos e el ella ellos en entonces era eres es esa ese eso esta estan
        estas este esto estos estoy favor fue ha hace haces hacen hacer hago han hasta hay hola iba ir la
        las le les lo los mas me mi mis mucha mucho muchas muy nada ni no nos nosotros o otra otro para pero
        podes podria podrian poder por porfa porque pueden puedes puedo pues que queria quien quiere quieren
        quiero quisiera saber sabes se sea ser si sin sobre solo somos son soy su sus tal tambien tanto te
        tendran tendras tener tenes tengo tiene tienen tienes toda todas todo todos tu tus un una unas uno
        unos usted ustedes va vamos van vas ver vos y ya yo gracias duda consulta pregunta preguntar info
        informacion servicio servicios producto productos empresa negocio ofrecen dime digame contame
        cuentame necesito tardes noches manana hoy queda quedan
    """,
    "en": """
        help speak write talk
        a about all also an and any anything are as at be been but by can could did do does dont for from
        get give good got had has have hello hey hi how i if in into is it its just know let like ll me much
        many my need no not of on one or our please service services product products company business
        really so some someone tell than thank thanks that the their them then there these they this to too
        up us want was we were what when where which who will with would you your yours im ive question ask
        offer
    """,
    "pt": """
        ajudar ajuda ajudam fala falar escreve
        a ao aos algum alguma aquela aquele as ate boa boas bom com como da das de dele depois do dos e ela
        ele eles em entao era essa esse esta estao estou eu faz fazem fazer foi gostaria ha isso isto ja la
        lhe mais mas me meu minha muito na nao nas nem no nos nossa o obrigado obrigada oi ola onde os ou
        para pela pelo pode podem poderia podia por porque posso pra qual quais quando quanto quantos que
        quem quer quero saber se sem ser seu seus sim so sobre sou sua suas tambem te tem tenho tinha tudo
        um uma umas uns vai vao voce voces servico servicos produto produtos empresa negocio oferecem duvida
        pergunta preciso fica ficam tarde noite dia dias hoje amanha
    """,
}
# A line of words each, in es, en and pt, that people ask for the same thing with; a comma ends it.
SAME: Final = """
    precio precios costo costos coste cuesta cuestan vale valen valor valores tarifa tarifas cobran cobras sale
        salen price prices pricing cost costs fee fees rate rates preco precos custo custa custam cobra,
    horario horarios hora horas abren abierto abiertos cierran atienden atencion hours open opening closes
        schedule abre abrem aberto fecham atendimento,
    direccion direcciones ubicacion ubicados ubicadas ubican sucursal sucursales local oficina oficinas mapa
        located location address office branch endereco localizacao localizados filial escritorio,
    garantia garantias warranty guarantee guaranteed,
    pago pagos pagar cuotas tarjeta tarjetas transferencia efectivo financiacion mensualidades payment payments
        pay installments card cards cash transfer pagamento pagamentos parcelas parcelar cartao boleto pix,
    envio envios enviar entrega entregas despacho despachan shipping delivery deliver ship frete entregar,
    devolucion devoluciones reembolso devolver cambio cambios refund refunds return returns devolucao troca,
    descuento descuentos promocion promociones rebaja oferta discount discounts promo promotion deal desconto
        promocao,
    cancelar cancelacion baja permanencia cancel cancellation contract contrato cancelamento fidelidade,
    factura facturas facturan facturacion invoice invoices invoicing receipt nota fiscal,
    prueba gratis gratuito gratuita trial free teste demostracion demo,
    telefono telefonos correo mail email phone contacto contact contato,
    plazo tarda tardan demora demoran tiempo duracion long takes prazo tempo
"""
