Attribute VB_Name = "SkFunctionHelp"
Option Explicit

' Descriptions for Excel's function wizard: rows of this add-in's second sheet (written from addin/functions.py):
' function, category, description, then one cell for each argument.

Private mDescribed As Boolean

Public Sub SkDescribeFunctions()
    ' Excel refuses while no workbook is in front, as at its start: so at the first one, and again until it worked.
    Dim row As Long
    If mDescribed Or ThisWorkbook.Worksheets.Count < 2 Then Exit Sub
    On Error GoTo NotYet
    With ThisWorkbook.Worksheets(2)
        row = 1
        Do While .Cells(row, 1).Value <> ""
            DescribeFunction .Rows(row)
            row = row + 1
        Loop
    End With
    mDescribed = True
NotYet:
End Sub

Private Sub DescribeFunction(entry As Range)
    Dim arguments() As Variant, count As Long, macro As String
    macro = "'" & ThisWorkbook.Name & "'!" & entry.Cells(1, 1).Value
    Do While entry.Cells(1, 4 + count).Value <> ""
        ReDim Preserve arguments(0 To count)
        arguments(count) = entry.Cells(1, 4 + count).Value
        count = count + 1
    Loop
    If count = 0 Then
        Application.MacroOptions Macro:=macro, Description:=entry.Cells(1, 3).Value, Category:=entry.Cells(1, 2).Value
    Else
        Application.MacroOptions Macro:=macro, Description:=entry.Cells(1, 3).Value, Category:=entry.Cells(1, 2).Value, _
            ArgumentDescriptions:=arguments
    End If
End Sub
