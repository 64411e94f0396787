//! Numbers in a remark behind goods: '2 IM-5 (spares for pump 12)', '15 m TR-EDGE (porte du local 7)'.
//! They are of the machine or the place that they stand behind, and count nothing.

use super::mentions::{Mention, What, is_free, take};
use crate::reading::draft::Desk;
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, words};

/// Takes the numbers of machines and places in brackets behind a product.
pub(crate) fn take_numbers(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &[Mention],
    desk: &Desk<'_>,
) {
    let names = &desk.catalog.index().names;
    let product = |from: usize, to: usize| {
        let inside = super::mentions::within(found, &(from..to));
        inside.iter().any(|m| matches!(m.what, What::Product(..)))
    };
    for line in &scan.lines {
        let tokens = line.tokens.clone();
        let Some(open) = tokens.clone().find(|at| scan.token(*at).is_some_and(|t| t.is('(')))
        else {
            continue;
        };
        if !product(tokens.start, open) {
            continue;
        }
        let close = (open..tokens.end).find(|at| scan.token(*at).is_some_and(|t| t.is(')')));
        for at in open + 2..close.unwrap_or(open) {
            let digits = scan
                .token(at)
                .is_some_and(|t| t.kind == Kind::Digits && !t.glued && t.folded.len() <= 4);
            // 'Pump 55' may be a product.
            let of_name = scan.token(at - 1).zip(scan.token(at)).is_some_and(|(noun, number)| {
                let (noun, number) = (names.stems(noun), names.stems(number));
                let told: Vec<u32> = noun.iter().chain(&number).copied().collect();
                !noun.is_empty() && !number.is_empty() && !names.having(&told).is_empty()
            });
            if digits && !of_name && is_free(taken, at..at + 1) && is_numbered(scan, at) {
                take(taken, at..at + 1);
            }
        }
    }
}

/// 'Pump 12', 'Linie Nr. 3': a machine or a place before a number that counts nothing behind it.
fn is_numbered(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let mut before = at - 1;
    while before > 0
        && (words!("no nr n").has(word(before)) || matches!(word(before), "." | "°" | "#"))
    {
        before -= 1;
    }
    let next = scan.token(at + 1);
    let ends = next.is_some_and(|t| !t.glued || t.is_any("),;"));
    let counted = units::unit_at(scan, at + 1).is_some_and(|(unit, _)| unit != Unit::Time)
        || matches!(word(at + 1), "x" | "*" | "of" | "von" | "de" | "di" | "-" | "/");
    ends && !counted && is_site(word(before))
}

/// Machines, and parts of buildings and plants.
fn is_site(word: &str) -> bool {
    words!(
        "pump pumps press machine machines line hall gate door unit plant station room tank basin building site bay cell robot lathe mill oven furnace boiler \
         compressor motor engine fan crane conveyor truck vehicle turbine generator mixer shaft lift elevator workshop well \
         pumpe pumpen presse maschine linie halle tor tur anlage werk station raum becken gebaude stand zelle roboter drehbank ofen kessel kompressor \
         verdichter lufter kran forderband fahrzeug turbine mischer schacht aufzug brunnen strasse \
         pompe pompes machine ligne hall porte portail usine local salle cuve bassin batiment poste four chaudiere compresseur moteur ventilateur grue \
         convoyeur camion malaxeur puits ascenseur atelier chantier \
         pompa pompe pressa macchina linea capannone cancello porta impianto locale sala vasca edificio forno caldaia compressore motore ventilatore gru \
         nastro pozzo ascensore officina reparto \
         bomba prensa maquina linea nave puerta planta estacion sala tanque edificio horno caldera compresor grua pozo ascensor taller \
         pomp pers lijn hal poort deur installatie ruimte bekken gebouw robot draaibank ketel compressor kraan lift put"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn numbers_stand_behind_machines_and_places() {
        let numbered = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            let at = (1..scan.tokens.len())
                .find(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Digits));
            at.is_some_and(|at| is_numbered(&scan, at))
        };
        for text in ["(for pump 12)", "(Linie Nr. 3)", "(porte du local 7)", "(para la máquina 4)"]
        {
            assert!(numbered(text), "{text}");
        }
        for text in ["(now 12)", "(total 12)", "(pump 12 pcs)", "(machine 2 of 4)", "(statt 8)"] {
            assert!(!numbered(text), "{text}");
        }
    }
}
