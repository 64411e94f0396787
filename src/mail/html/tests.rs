//! Pages of many programs, and what a person reads of them.

use super::read;

/// What a person reads of a page.
#[track_caller]
fn reads(html: &str, text: &str) {
    let page = read(html);
    assert_eq!(page.text, text, "{html}");
    let lines = if text.is_empty() { 0 } else { text.split('\n').count() };
    assert_eq!(page.marks.len(), lines, "one mark for each line: {html}");
}

#[test]
fn blocks_and_line_breaks_make_lines() {
    reads("one<br>two<BR/>three<div>four</div>five", "one\ntwo\nthree\nfour\nfive");
    reads("<div>one<div>two</div></div><div><br></div><div>three</div>", "one\ntwo\n\nthree");
    reads("<p>one</p><p>two</p>", "one\n\ntwo");
    reads("<p>one<p>two", "one\n\ntwo");
    reads("<p class=MsoNormal>one</p><p class=MsoNormal>two</p>", "one\ntwo");
    reads("<p style='margin:0'>one</p><p style='margin:0'>two</p>", "one\ntwo");
    reads(
        "<p class=MsoNormal>one<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>two",
        "one\n\ntwo",
    );
    reads("one\n  two\tthree", "one two three");
    reads("<pre>one\n  two</pre>three", "one\ntwo\nthree");
    reads("<b>20</b> <i>HS</i>-100", "20 HS-100");
}

#[test]
fn character_references_are_undone() {
    reads("K&uuml;hler &lt;5&gt; &#228;&#xE4;&#150;&euro; &amp;amp;", "Kühler <5> ää–€ &amp;");
    reads("R&D, a & b, &unknown; &#xFFFFFFFF;", "R&D, a & b, &unknown; \u{fffd}");
    reads("1&nbsp;200&nbsp;kg&shy;s", "1\u{a0}200 kgs");
}

#[test]
fn lists_keep_their_signs() {
    reads("<ul><li>20 HS-100<li>5 GH</ul>", "- 20 HS-100\n- 5 GH");
    reads("<ol start=2><li><p>wait</p></li><li>x</li></ol>", "2. wait\n\n3. x");
    reads("<ol><li value=7>a</li></ol><li>b", "7. a\n- b");
    reads("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n- b\n- c");
}

#[test]
fn hidden_text_is_not_read() {
    for hidden in [
        "<span style='display:none'>9</span>",
        "<span style='DISPLAY: none !important;'>9</span>",
        "<div style='visibility:hidden'>9</div>",
        "<span style='font-size:0'>9</span>",
        "<span style='font-size:0px'>9</span>",
        "<span style='opacity:0'>9</span>",
        "<div style='max-height:0;overflow:hidden'><p>9</p></div>",
        "<div hidden>9</div>",
        "<style>.p{display:none} #q{display:none}</style><div class='x p'>9</div><p id=q>9</p>",
        "<style>div.p , span.p{ display : none }</style><div class=P>9</div>",
        "<title>9</title><script>9</script><style>9</style>",
        "<span style='color:#ffffff'>9</span><font color=white>9</font>",
        "<div style='background:#333'><p style='background:#fff; color:white'>9</p></div>",
        "<span style='color:transparent'>9</span><span style='color:rgba(0,0,0,0)'>9</span>",
        "<div style='position:absolute;left:-9999px'>9</div><p style='text-indent:-999em'>9</p>",
        "<div style='clip:rect(0,0,0,0)'>9</div><div style='clip-path:inset(100%)'>9</div>",
        "<div style='transform:scale(0)'>9</div><div style='mso-hide:all'>9</div>",
        "<dialog>9</dialog><style>@media screen{.h{display:none}}</style><p class=h>9</p>",
        "<!-- 9 --><!-- <b>9</b> --><![if x]><?xml 9 ?><!--[if mso]>9<![endif]-->",
        "<select><option>9</select><svg><text>9</text></svg><template>9</template>",
        "<input type=hidden value=9><img alt=9>",
    ] {
        assert!(!read(&format!("a{hidden}b")).text.contains('9'), "{hidden}");
        assert!(read(&format!("a{hidden}b")).text.contains('b'), "{hidden}");
    }
    // Shown again, as layouts with `font-size: 0` have it.
    reads("<div style='font-size:0'>x<span style='font-size:14px'>20 HS</span></div>", "20 HS");
    reads("<div style='visibility:hidden'>x<b style='visibility:visible'>y</b></div>", "y");
    // Only for some media.
    reads("<style>@media print{.a{display:none}} .b{color:red}</style><p class=a>20</p>", "20");
}

#[test]
fn struck_text_is_not_read() {
    reads("<s>10</s> 12 <del>x</del><strike>y</strike>HS-100", "12 HS-100");
    reads("<span style='text-decoration:line-through'>10</span> 12", "12");
    reads("<span style='text-decoration-line: underline line-through'>10</span> 12", "12");
    reads("<style>.gone{text-decoration:line-through}</style><b class=gone>10</b> 12", "12");
    reads("<s><table><tr><td>HS-100</td></tr></table></s>", "");
    reads(
        "<table><tr style='text-decoration:line-through'><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>",
        "B\t2",
    );
    reads("<u>12</u>", "12");
}

#[test]
fn a_table_is_read_row_by_row() {
    reads(
        "Order:<table><tr><th>Item</th><th>Qty</th></tr><tr><td> HS-100 </td><td><p>20</p></td></tr></table>Thanks",
        "Order:\n\nItem\tQty\nHS-100\t20\n\nThanks",
    );
    // Nothing closed.
    reads("<table><tr><td>a<td>1<tr><td>b<td>2</table>", "a\t1\nb\t2");
    reads(
        "<table><tbody><tr><td>a</td><td>1</td></tr></tbody><tr><td>b</td><td>2</td></tr>",
        "a\t1\nb\t2",
    );
    // Columns stay where they are.
    reads(
        "<table><tr><td>a</td><td></td><td>1</td></tr><tr><td></td><td></td><td>2</td></tr></table>",
        "a\t\t1\n\t\t2",
    );
    reads(
        "<table><tr><td colspan=2>a</td><td>1</td></tr><tr><td>b</td><td>c</td><td>2</td></tr></table>",
        "a\t\t1\nb\tc\t2",
    );
    reads(
        "<table><tr><td rowspan=2>14 May</td><td>a</td></tr><tr><td>b</td></tr><tr><td>15 May</td><td>c</td></tr></table>",
        "14 May\ta\n14 May\tb\n15 May\tc",
    );
    reads(
        "<table><tr><td>a</td><td rowspan=2>5</td></tr><tr><td>b</td></tr></table>",
        "a\t5\nb\t5",
    );
}

#[test]
fn cells_of_several_lines_stay_one_row() {
    reads(
        "<table><tr><td>Ship to</td><td>Buyer Ltd<br>3 Long Lane,<br>Leeds</td></tr></table>",
        "Ship to\tBuyer Ltd, 3 Long Lane, Leeds",
    );
    // Several rows that someone typed into one.
    reads(
        "<table><tr><td>HS-100<br>HS-200</td><td>20<br>5 pcs</td></tr></table>",
        "HS-100\t20\nHS-200\t5 pcs",
    );
    reads(
        "<table><tr><td>1</td><td><table><tr><td>handle</td></tr><tr><td>red</td></tr></table></td><td>60</td></tr></table>",
        "1\thandle, red\t60",
    );
}

#[test]
fn a_layout_table_is_read_as_the_text_that_it_holds() {
    reads(
        "<table><tr><td>Hello<p>20 HS-100</p></td></tr><tr><td>Thanks</td></tr></table>",
        "Hello\n\n20 HS-100\nThanks",
    );
    reads(
        "<table><tr><td><table><tr><td>a</td><td>1</td></tr></table></td><td>aside</td></tr></table>",
        "a\t1\naside",
    );
    reads("<td>20</td><tr>HS", "20\nHS");
}

#[test]
fn markup_that_is_broken_is_read_as_browsers_do() {
    reads("a < b and c<d", "a < b and c");
    reads("20 <b HS-100", "20");
    reads("<a href='x>y'>20</a> HS", "20 HS");
    reads("<a title=\"x>20</a> HS-100", "20 HS-100");
    reads("<div><b>20</div> HS</b>-100", "20\nHS-100");
    reads("</p></div></table>20", "20");
    reads("20<!-- never closed", "20");
    reads("<style>.a{", "");
    reads("", "");
}

#[test]
fn deep_and_wide_pages_are_bounded() {
    let deep = format!("{}20{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    reads(&deep, "20");
    let tables = format!("{}20", "<table><tr><td>".repeat(10_000));
    reads(&tables, "20");
    let wide = "<table><tr><td colspan=1000000 rowspan=1000000>x</table>";
    assert!(read(wide).text.len() < 1000);
    let spans = format!("<table>{}", "<tr><td rowspan=65000>some text<td>y".repeat(2000));
    assert!(read(&spans).text.len() < 1 << 20);
}

#[test]
fn quotes_signatures_and_headings_are_marked() {
    let marks = |html: &str| {
        read(html)
            .marks
            .iter()
            .map(|mark| (mark.quote, mark.signature, mark.cut))
            .collect::<Vec<_>>()
    };
    let own = (false, false, false);
    assert_eq!(marks("a<blockquote type=cite>b</blockquote>c"), [own, (true, false, false), own]);
    assert_eq!(marks("a<blockquote style='border:none'>b</blockquote>"), [own, own]);
    assert_eq!(marks("a<div class=x_gmail_signature>b</div>"), [own, (false, true, false)]);
    assert_eq!(marks("a<div id=divRplyFwdMsg>b</div>c"), [own, (false, false, true), own]);
    assert_eq!(marks("a<div class=gmail_quote>b</div>"), [own, own]);
}

#[test]
fn white_is_read_where_a_ground_shows_it() {
    for shown in [
        "<table bgcolor=navy><tr><th style='color:#fff'>Qty</th></tr></table>",
        "<table><tr style='background:#333'><th><font color=white>Qty</font></th></tr></table>",
        "<table><tr><th style='background-color:rgb(0,51,102);color:white'>Qty</th></tr></table>",
        "<style>table.o thead th{background:#333} .w{color:#fff}</style>\
         <table class=o><thead><tr><th class=w>Qty</th></tr></thead></table>",
        "<style>.w{color:#fff;background:#06c}</style><span class=w>Qty</span>",
        "<div style='color:white'><a href=x>Qty</a></div>",
        "<div style='color:white'><span style='color:#000'>Qty</span></div>",
        "<style>@media (max-width:600px){.h{display:none}}</style><p class=h>Qty</p>",
        "<dialog open>Qty</dialog>",
        "<div style='clip:rect(0,200px,80px,0);margin-left:-8px'>Qty</div>",
    ] {
        reads(shown, "Qty");
    }
}

#[test]
fn what_was_typed_into_a_form_is_read() {
    reads("Remarks: <textarea rows=2>\nnot 40\nbut 60</textarea>", "Remarks: not 40\nbut 60");
    reads("Qty <input type=number value='40'> pcs", "Qty 40 pcs");
    reads("<input type=hidden value=9><input type=submit value=Send><input value=''>", "");
}

#[test]
fn what_is_out_of_sight_is_kept_apart() {
    let page = read(
        "<p>a</p><p style='color:#fff'>b</p><del>c</del><p style='display:none'>e</p><select><option>d</select>",
    );
    assert_eq!((page.text.as_str(), page.unseen.as_str()), ("a", "b\n"));
}
