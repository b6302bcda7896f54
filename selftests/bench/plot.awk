# SPDX-License-Identifier: GPL-2.0-only
#
# Tables of join.awk become an SVG: instructions that each variant adds to an
# operation. Of a variant in several of them the first is taken. Name the variants:
# -v show='default audit apparmor'.

function bar(op, v, colour,    value, width) {
	if (!((op, v) in added))
		return
	value = added[op, v]
	width = value > 0 ? value * scale : 0
	printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"9\" fill=\"%s\"/>\n", left, y, width, colour
	printf "<text x=\"%.1f\" y=\"%d\" class=\"n\">%d</text>\n", left + width + 4, y + 8, value
	y += 11
}

BEGIN {
	left = 190
	scale = 0.1
	y = 60
	variants = split(show, shown, " ")
	split("#0b6e4f #c98b1b #b3541e #5b5b8c #888888", colours, " ")
	title["default"] = "shield"
	title["inotify"] = "inotify, one watch"
	title["audit"] = "audit, ten watches"
	title["apparmor"] = "AppArmor, ten rules"
}

/^#/ { next }

$1 == "operation" {
	tables++
	for (i = 2; i <= NF; i++)
		column[i] = $i
	next
}

$1 ~ /@(plain|names)$/ && $1 !~ /^(fork|open_denied)/ {
	if (tables == 1)
		order[++operations] = $1
	for (i = 3; i <= NF; i++)
		if ($i != "-" && !(($1, column[i]) in added))
			added[$1, column[i]] = $i - $2
}

END {
	height = y + operations * (variants * 11 + 10)
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" viewBox=\"0 0 760 %d\">\n", height, height
	print "<!-- SPDX-License-Identifier: GPL-2.0-only -->"
	print "<style>text{font:12px sans-serif;fill:#222}.n{font-size:9px}.t{font-size:14px;font-weight:bold}</style>"
	print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
	print "<text x=\"10\" y=\"20\" class=\"t\">Instructions added to a file operation that nothing forbids</text>"
	for (n = 1; n <= variants; n++) {
		x = 10 + (n - 1) * 160
		printf "<rect x=\"%d\" y=\"32\" width=\"10\" height=\"10\" fill=\"%s\"/>", x, colours[n]
		printf "<text x=\"%d\" y=\"41\">%s</text>\n", x + 15, shown[n] in title ? title[shown[n]] : shown[n]
	}
	for (o = 1; o <= operations; o++) {
		place = order[o]
		sub(/@plain/, "", place)
		sub(/@names/, ", in /etc", place)
		gsub(/_/, " ", place)
		printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left - 8, y + variants * 5.5 + 4, place
		for (n = 1; n <= variants; n++)
			bar(order[o], shown[n], colours[n])
		y += 10
	}
	print "</svg>"
}
