"""Trial balances of two small companies, Colombian and Peruvian, in forms that programs export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.workbook import new_workbook


class Row(NamedTuple):
    """An account with its opening balance, debit positive, and the month's debits and credits."""

    code: str
    name: str
    opening: int
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


# A trading company in March: sales 80 million and VAT, 2 million returned, 42 million of cost.
PUC = (
    Row("110505", "Caja general", 2_000_000, 500_000, 700_000),
    Row("111005", "Bancos nacionales", 48_000_000, 108_250_000, 48_200_000),
    Row("130505", "Clientes nacionales", 60_000_000, 95_200_000, 110_000_000),
    Row("139905", "Provisión clientes", -3_000_000, 0, 200_000),
    Row("143505", "Mercancías no fabricadas", 40_000_000, 30_000_000, 42_000_000),
    Row("154005", "Autos, camionetas y camperos", 150_000_000),
    Row("159235", "Depreciación acumulada flota", -30_000_000, 0, 1_250_000),
    Row("220505", "Proveedores nacionales", -50_000_000, 25_000_000, 30_000_000),
    Row("240805", "IVA por pagar", -5_000_000, 0, 15_200_000),
    Row("310505", "Capital autorizado", -150_000_000),
    Row("370505", "Utilidades acumuladas", -40_000_000),
    Row("413505", "Comercio al por mayor", -160_000_000, 0, 80_000_000),
    Row("417505", "Devoluciones en ventas", 4_000_000, 2_000_000),
    Row("421005", "Intereses", -500_000, 0, 250_000),
    Row("510506", "Sueldos", 30_000_000, 15_000_000),
    Row("510563", "Capacitación al personal", 1_000_000, 600_000),
    Row("516035", "Depreciación flota", 2_500_000, 1_250_000),
    Row("519910", "Provisión deudores", 400_000, 200_000),
    Row("520506", "Sueldos", 12_000_000, 6_000_000),
    Row("523550", "Transporte, fletes y acarreos", 3_000_000, 1_500_000),
    Row("530505", "Gastos bancarios", 600_000, 300_000),
    Row("613505", "Costo de venta comercio", 85_000_000, 42_000_000),
)

# A trading company in June that keeps element 9 and so account 79, too.
PCGE = (
    Row("1041", "Cuentas corrientes operativas", 80_000, 50_100, 27_100),
    Row("1071", "Fondos en garantía", 5_000),
    Row("1212", "Facturas emitidas en cartera", 60_000, 47_200, 51_600),
    Row("1221", "Anticipos de clientes", -8_000),
    Row("1911", "Cobranza dudosa", -2_000),
    Row("2011", "Mercaderías", 45_000, 20_000, 18_000),
    Row("2711", "Activos mantenidos para la venta", 10_000),
    Row("2911", "Desvalorización de mercaderías", -1_500),
    Row("3361", "Equipo para procesamiento", 90_000),
    Row("3952", "Depreciación acumulada", -18_000, 0, 1_500),
    Row("40111", "IGV cuenta propia", -4_000, 0, 7_200),
    Row("40171", "Renta de tercera categoría", 0, 0, 1_200),
    Row("4212", "Facturas por pagar", -35_000, 15_000, 20_000),
    Row("4511", "Préstamos de instituciones financieras", -50_000),
    Row("5011", "Acciones", -97_500),
    Row("5911", "Utilidades acumuladas", -30_000),
    Row("6011", "Compras de mercaderías", 120_000, 20_000),
    Row("6111", "Variación de mercaderías", -120_000, 0, 20_000),
    Row("6211", "Sueldos y salarios", 50_000, 8_000),
    Row("6241", "Capacitación", 1_000, 300),
    Row("6281", "Retribuciones al directorio", 2_000, 400),
    Row("6351", "Alquileres", 19_000, 3_000),
    Row("6731", "Intereses por préstamos", 2_500, 400),
    Row("6841", "Depreciación", 9_000, 1_500),
    Row("6911", "Costo de ventas, mercaderías", 115_000, 18_000),
    Row("7011", "Ventas de mercaderías", -250_000, 0, 40_000),
    Row("7091", "Devoluciones sobre ventas", 5_000, 1_000),
    Row("7411", "Descuentos concedidos", 3_000, 600),
    Row("7721", "Rendimientos ganados", -500, 0, 100),
    Row("7911", "Cargas imputables a cuentas de costos", -81_000, 0, 13_200),
    Row("8811", "Impuesto a las ganancias corriente", 0, 1_200),
    Row("9411", "Gastos administrativos", 50_000, 8_000),
    Row("9511", "Gastos de ventas", 31_000, 5_200),
)


def with_subtotals(rows: Sequence[Row], lengths: Iterable[int]) -> list[Row]:
    """The accounts among the sums of all accounts that begin with so many digits alike."""
    sums = {
        row.code[:length]: [one for one in rows if one.code.startswith(row.code[:length])]
        for length in lengths
        for row in rows
        if length < len(row.code)
    }
    totals = [
        Row(
            code,
            f"Suma {code}",
            sum(one.opening for one in below),
            sum(one.debit for one in below),
            sum(one.credit for one in below),
        )
        for code, below in sums.items()
    ]
    return sorted([*rows, *totals])


def pesos(amount: float) -> str:
    """An amount as a Colombian program prints it: ``-1.234.567,00``."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def as_printed(rows: Sequence[Row], head: str = "", sign: str = "debit") -> str:
    """A trial balance as text, below a title; balances signed, or credit accounts positive."""
    head = head or "Código cuenta;Nombre cuenta;Saldo inicial;Débitos;Créditos;Saldo final"
    lines = ["Comercial Andina S.A.S.", "Balance de prueba;Marzo 2026", "", head]
    for row in rows:
        turn = -1 if sign == "natural" and _is_credit(row) else 1
        amounts = (turn * row.opening, row.debit, row.credit, turn * row.closing)
        lines.append(";".join([row.code, row.name, *map(pesos, amounts)]))
    debits, credits_ = (sum(getattr(row, side) for row in rows) for side in ("debit", "credit"))
    lines.append(f";Totales;;{pesos(debits)};{pesos(credits_)};")
    return "\n".join(lines) + "\n"


def _is_credit(row: Row) -> bool:
    """Whether an account of PUC usually holds a credit balance."""
    contra = row.code.startswith(("1399", "1592"))
    return contra or (row.code[0] in "234" and not row.code.startswith("4175"))


def as_sheet(rows: Sequence[Row], path: Path) -> Path:
    """A trial balance as a Peruvian program exports it: two rows of heads, a column a side."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Balance de comprobación")
        sheet.write(0, 0, "Importadora del Sur S.A.C.")
        groups = {2: "Saldos iniciales", 4: "Movimientos", 6: "Saldos finales"}
        for column, group in groups.items():
            sheet.merge_range(2, column, 2, column + 1, group)
        heads = [
            "Cuenta",
            "Denominación",
            "Deudor",
            "Acreedor",
            "Debe",
            "Haber",
            "Deudor",
            "Acreedor",
        ]
        sheet.write_row(3, 0, heads)
        for number, row in enumerate(rows, start=4):
            amounts = (*_sides(row.opening), row.debit, row.credit, *_sides(row.closing))
            sheet.write_row(number, 0, [int(row.code), row.name, *amounts])
        sheet.write(len(rows) + 4, 1, "TOTALES")
    return path


def _sides(balance: int) -> tuple[int, int]:
    return max(balance, 0), max(-balance, 0)


def company(template: str, folder: Path, **changes: object) -> Reading:
    """A workbook of a shipped template without figures, for another company, as it is read."""
    definition = load_template(template)
    changed = definition.company.model_copy(update={"year": 2026, **changes})
    return reading_of(
        definition.model_copy(update={"company": changed, "figures": {}}), folder / "book.xlsx"
    )


def reading_of(definition: Definition, path: Path) -> Reading:
    """What is read of the workbook that is made of a definition."""
    new_workbook(definition, path, dialect="plain")
    return read_workbook(path)
